//! Requests one after the other: nothing that a student does is dropped or overtaken.

use std::{cell::RefCell, collections::VecDeque};

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{arrival, listening, request::Request};

#[derive(Default)]
struct Queue {
    /// A request is under way.
    is_busy: bool,
    /// What comes after it, in order.
    next: VecDeque<Request>,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// Asks for the page again, unless nobody looks or an answer is on its way that will bring it.
pub fn look_again() {
    if !document().hidden() {
        send(Request::look());
    }
}

/// Posts a body to a URL; the answer is the page.
pub fn post(url: &str, body: String) {
    send(Request::post(url, body));
}

/// Whether a request is under way.
pub fn is_busy() -> bool {
    QUEUE.with_borrow(|queue| queue.is_busy)
}

/// Whether this request is the last that waits or is under way.
pub fn ends_with(request: &Request) -> bool {
    QUEUE.with_borrow(|queue| queue.next.back().is_some_and(|last| last.is_same(request)))
}

/// Sends it when those before it are answered.
pub fn send(request: Request) {
    let waits = QUEUE.with_borrow_mut(|queue| {
        if !queue.is_busy {
            queue.is_busy = true;
            return false;
        }
        // Of several looks only the newest is worth a request.
        match queue.next.back_mut().filter(|last| !last.is_order()) {
            Some(last) if request.is_typing() => *last = request.clone(),
            Some(_) if !request.is_order() => {}
            _ => queue.next.push_back(request.clone()),
        }
        true
    });
    if waits {
        return;
    }
    spawn_local(async move {
        let arrived = request.send().await;
        listening::reached(arrived.is_ok());
        match arrived {
            Ok(Some(page)) => {
                request.was_taken();
                arrival::arrive(&page, request.is_look());
            }
            Ok(None) => {}
            Err(_) => request.could_not_be_sent(),
        }
        request.is_over();
        let next = QUEUE.with_borrow_mut(|queue| {
            queue.is_busy = false;
            queue.next.pop_front()
        });
        if let Some(next) = next {
            send(next);
        }
    });
}
