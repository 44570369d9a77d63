//! Turns the browser's half into a WebAssembly module and the JavaScript that loads it, with
//! wasm-bindgen's own library. `.make/tools` builds this with the version that Cargo.lock names.

use std::{env, error::Error};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, folder, name] = arguments.as_slice() else {
        return Err("usage: wasm-bindgen MODULE.wasm FOLDER NAME".into());
    };
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .typescript(false)
        .out_name(name)
        .generate(folder)?;
    Ok(())
}
