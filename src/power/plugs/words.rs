//! What is wrong with a device, in words for people.

use serde_json::{Value as Json, json};

use super::{adapters::ERROR, model::Plug};
use crate::kernel::{
    Locale,
    words::{self, say},
};

/// Under this name stands what was too large to be a message of a plug.
const TOO_LARGE: &str = "error:too_large";

/// Something that is wrong with a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// What, for programs: a word of the device itself, `rpc_error` or `too_large`.
    pub code: String,
    /// The same in words.
    pub text: String,
}

impl Plug {
    /// Keeps what the device says of itself; whether any of it is new, and what of it is newly wrong.
    pub fn learn(&mut self, told: impl IntoIterator<Item = (String, Json)>) -> (bool, Vec<Json>) {
        let (mut news, mut wrong) = (false, Vec::new());
        for (name, value) in told {
            let known = self.settings.get(&name);
            let same = known == Some(&value) || (value.is_null() && known.is_none());
            if same {
                continue;
            }
            news = true;
            if value.is_null() {
                self.settings.remove(&name);
                continue;
            }
            if name.starts_with(ERROR) {
                wrong.push(json!({ "about": name.trim_start_matches(ERROR), "said": value }));
            }
            self.settings.insert(name, value);
        }
        (news, wrong)
    }

    /// Keeps that something far too large came for it; whether that is news. It stays until the plug is wired anew.
    pub fn swamped(&mut self, topic: &str, bytes: usize) -> bool {
        let news = self.settings.get(TOO_LARGE).and_then(|known| known.get("topic")).is_none();
        if news {
            self.settings.insert(TOO_LARGE.to_owned(), json!({ "topic": topic, "bytes": bytes }));
        }
        news
    }

    /// What is wrong with the device, as far as it said or was seen.
    #[must_use]
    pub fn complaints(&self, locale: Locale) -> Vec<Complaint> {
        let told = self.settings.iter().filter_map(|(name, value)| Some((name.strip_prefix(ERROR)?, value)));
        told.flat_map(|(about, value)| in_words(about, value, locale)).collect()
    }
}

fn in_words(about: &str, value: &Json, locale: Locale) -> Vec<Complaint> {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    match (about, value) {
        ("too_large", told) => {
            let topic = told.get("topic").map(&text).unwrap_or_default();
            let bytes = told.get("bytes").map(Json::to_string).unwrap_or_default();
            let text = say(locale, "plug-too-large", &[("topic", topic.into()), ("bytes", bytes.into())]);
            vec![Complaint { code: "too_large".to_owned(), text }]
        }
        ("status", Json::Array(words)) => words.iter().map(|word| known(&text(word), locale)).collect(),
        ("warning", word) => vec![known(&text(word), locale)],
        (method, why) => {
            let values = [("method", method.into()), ("why", text(why).into())];
            vec![Complaint { code: "rpc_error".to_owned(), text: say(locale, "plug-rpc-error", &values) }]
        }
    }
}

/// A word of a device: most have a sentence, and others are shown as they are.
fn known(word: &str, locale: Locale) -> Complaint {
    let plain = word.to_ascii_lowercase();
    let is_word = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let sentence = is_word.then(|| words::find(locale, &format!("plug-says-{plain}"), &[])).flatten();
    let text = sentence.unwrap_or_else(|| say(locale, "plug-says", &[("word", word.into())]));
    Complaint { code: word.to_owned(), text }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::{super::model::Wiring, Plug};
    use crate::{
        kernel::{Id, Locale},
        power::plugs::Adapter,
    };

    fn shelly() -> Plug {
        let (adapter, topic, channel) = (Adapter::Shelly, "scie".to_owned(), "0".to_owned());
        Plug {
            id: Id::new(),
            machine: Id::new(),
            wiring: Wiring { adapter, topic, channel, meter: None, lease_seconds: None },
            settings: Map::new(),
            settings_at: None,
            created_at: "2026-11-23T06:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn what_a_device_says_of_itself_is_said_in_words_until_it_is_over() {
        let mut plug = shelly();
        let hot = br#"{"id":0,"output":false,"errors":["overtemp","flux"]}"#;
        let (news, wrong) = plug.learn(plug.hear("scie/status/switch:0", hot, false).settings);
        assert!(news && wrong.len() == 1, "{wrong:?}");
        assert_eq!(plug.learn(plug.hear("scie/status/switch:0", hot, false).settings), (false, vec![]));
        let said = |plug: &Plug, locale| -> Vec<String> {
            plug.complaints(locale).into_iter().map(|complaint| complaint.text).collect()
        };
        assert!(said(&plug, Locale::Fr)[0].contains("trop chaud"), "{:?}", said(&plug, Locale::Fr));
        assert!(said(&plug, Locale::En)[0].contains("too hot"));
        assert!(said(&plug, Locale::En)[1].contains("flux"), "a word nobody knows is shown as it is");
        let cool = br#"{"id":0,"output":false}"#;
        assert_eq!(plug.learn(plug.hear("scie/status/switch:0", cool, false).settings), (true, vec![]));
        assert_eq!(plug.complaints(Locale::Fr), []);
    }

    #[test]
    fn a_call_that_a_device_refuses_is_told_with_its_reason() {
        let mut plug = shelly();
        let call = plug.switch(true).remove(0);
        let id = serde_json::from_str::<serde_json::Value>(&call.payload).unwrap()["id"].clone();
        let refused = json!({ "id": id, "src": "shelly-1", "dst": "etabli/scie",
            "error": { "code": -105, "message": "Argument 'id', value 0 not found!" } });
        let heard = plug.hear("etabli/scie/rpc", refused.to_string().as_bytes(), false);
        plug.learn(heard.settings);
        let [complaint] = &plug.complaints(Locale::Fr)[..] else { panic!("one") };
        assert_eq!(complaint.code, "rpc_error");
        assert!(complaint.text.contains("Switch.Set") && complaint.text.contains("value 0 not found"));
        let done =
            json!({ "id": id, "src": "shelly-1", "dst": "etabli/scie", "result": { "was_on": false } });
        plug.learn(plug.hear("etabli/scie/rpc", done.to_string().as_bytes(), false).settings);
        assert_eq!(plug.complaints(Locale::Fr), []);
    }

    #[test]
    fn what_is_far_too_large_is_told_once_with_its_topic() {
        let mut plug = shelly();
        assert!(plug.swamped("scie/online", 70_000) && !plug.swamped("scie/online", 80_000));
        let text = &plug.complaints(Locale::En)[0].text;
        assert!(text.contains("scie/online") && text.contains("70000"), "{text}");
    }
}
