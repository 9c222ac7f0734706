//! The stream (server-sent events, WHATWG HTML 9.2).

use std::{fmt::Write, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue},
    web::{Bytes, Data},
};
use futures_util::stream::unfold;

use super::hub::Listener;
use crate::{
    app::App,
    kernel::Result,
    web::{self, limits::Limits},
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// After so long without news a line is sent that means nothing, so that nobody in between hangs up.
const QUIET: Duration = Duration::from_secs(15);
/// Whoever loses the stream comes back after this many milliseconds.
const COME_BACK: &str = "retry: 2000\n\n";

/// What happens now, as server-sent events: `power` when the power of a machine changes, `calendar` when a calendar
/// does. A new reader is told first what is true now, machine by machine; one who shows `Last-Event-ID` hears what they
/// missed.
#[utoipa::path(tag = "power", params(("Last-Event-ID" = Option<String>, Header, description = "Where to go on")),
    responses((status = 200, content_type = "text/event-stream", body = String,
        description = "`event: power` carries what `GET /machines/{machine}/power` answers; `event: calendar` carries \
            `machine` (none for all of them) and `version`: read that calendar again")))]
#[get("/live")]
pub async fn stream(app: Data<App>, request: HttpRequest) -> Result<HttpResponse> {
    let mark = request.headers().get(LAST_EVENT_ID).and_then(|mark| mark.to_str().ok());
    let from = request.app_data::<Data<Limits>>().and_then(|limits| limits.counted(&request));
    let listener = app.live.listen(&app, from, mark).await?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, "text/event-stream; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no")))
        .insert_header(web::headers::uncompressed());
    Ok(answer.streaming(unfold((listener, true), |(mut listener, first)| async move {
        let text = next(&mut listener, first).await?;
        Some((Ok::<_, actix_web::Error>(Bytes::from(text)), (listener, false)))
    })))
}

async fn next(listener: &mut Listener, first: bool) -> Option<String> {
    if first {
        return Some(COME_BACK.to_owned());
    }
    let Ok(told) = tokio::time::timeout(QUIET, listener.next()).await else {
        return Some(":\n\n".to_owned());
    };
    let mut text = String::new();
    for event in told? {
        // Writing to a String cannot fail.
        let _ =
            write!(text, "id: {}\nevent: {}\ndata: {}\n\n", listener.mark(&event), event.name, event.data);
    }
    Some(text)
}
