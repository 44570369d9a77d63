//! Redis in the drawing: whose it is, how it is, and what can be done to it.

use leptos::prelude::*;

use super::{FailureView, drawing, order};
use crate::{
    engines::view::{EngineState, Persistence},
    failures::{look::Whose, text::FailureText},
    stores::StoreKind,
};

/// The box of Redis.
pub fn redis_box(view: &FailureView) -> impl IntoView + use<> {
    let text = view.text();
    let look = &view.look;
    let (just, words) = drawing::just(view, StoreKind::Redis);
    let whose = match look.whose_redis {
        Whose::External => text.external_redis,
        Whose::Everybodys => text.everybodys_redis,
        Whose::Own => text.own_redis,
    };
    let keys = look.keys.as_ref().map_or(0, Vec::len);
    let persistence = look.facts.as_ref().map(|facts| {
        view! { <p>{text.persistence} ": " <b data-testid="persistence">{(text.persistence_name)(facts.persistence)}</b></p> }
    });
    view! {
        <div class=format!("box redis-box {} {just}", drawing::state(&look.redis)) data-testid="box-redis">
            <h3 class="who redis">"Redis"</h3>
            {words.map(|words| view! { <p class="just">{words}</p> })}
            <p>{drawing::engine(text, &look.redis)}</p>
            <p>{(text.sessions_held)(keys)}</p>
            {persistence}
            <p class="soft">{whose}</p>
            {acts(view, text)}
        </div>
    }
}

fn acts(view: &FailureView, text: &'static FailureText) -> impl IntoView + use<> {
    let act = |name: &str| format!("/lab/failures/redis/{name}");
    let acts = match view.look.whose_redis {
        Whose::External => view! { <p class="soft">{text.off_external}</p> }.into_any(),
        Whose::Everybodys => view! {
            <p class="soft">{text.own_redis_hint}</p>
            {order(act("start"), text.get_own_redis, "")}
        }
        .into_any(),
        Whose::Own => {
            let keep = Persistence::ALL
                .map(|each| order(act(each.name()), (text.persistence_name)(each), ""));
            let power = if matches!(view.look.redis.state, EngineState::Down { .. }) {
                view! {
                    {order(act("start"), text.redis_start, "")}
                    {order(act("resume"), text.redis_resume, "")}
                }
                .into_any()
            } else {
                view! {
                    {order(act("stop"), text.redis_stop, "")}
                    {order(act("crash"), text.redis_crash, "")}
                    {order(act("shutdown"), text.redis_shutdown, "")}
                    {order(act("pause"), text.redis_pause, "")}
                    {order(act("resume"), text.redis_resume, "")}
                    {order(act("snapshot"), text.redis_snapshot, "")}
                    {order(act("empty"), text.redis_empty, "")}
                }
                .into_any()
            };
            view! {
                {power}
                <p class="soft">{text.persistence}</p>
                <div class="buttons">{keep.collect_view()}</div>
            }
            .into_any()
        }
    };
    view! {
        <details class="acts" id="acts-redis">
            <summary>{(text.acts_of)("Redis")}</summary>
            <div class="menu">{acts}</div>
        </details>
    }
}
