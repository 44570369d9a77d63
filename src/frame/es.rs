//! Español.

use super::text::FrameText;
use crate::pages::Page;

pub(super) static TEXT: FrameText = FrameText {
    skip: "Saltar al laboratorio",
    labs: "Laboratorios",
    other_language: "English",
    offline: "Sin conexión con el playground. Lo que ves es lo último que se supo; la página se pondrá al día sola cuando vuelva.",
    unsent: "No se pudo enviar: el playground no responde. Vuelve a intentarlo cuando haya conexión.",
    close: "Cerrar",
    not_found: "Aquí no hay nada. El laboratorio está en /es/sessions",
    back_to: "Volver a",
    page: |page| match page {
        Page::Cookies => "Cookies",
        Page::Sessions => "Sesiones",
        Page::Failures => "Fallos",
        Page::Consoles => "Consolas",
    },
};
