//! The log of the house and the chains of its controllers are whole.

use etabli::{access, power};
use serde_json::json;

use super::week::Week;

pub async fn whole(week: &Week<'_>) {
    let verified = week.world.app.store.read(power::log::verify).await.unwrap();
    assert_eq!(verified.broken, None);
    assert!(verified.lines > 1000, "{verified:?}");
    let told = week.world.app.store.read(access::verify::verify).await.unwrap();
    assert_eq!(told.broken, []);
    assert!(told.events > 1000, "{told:?}");
    for reader in &week.readers {
        let told = week.staff.get(&format!("controllers/{}/events", reader.device.id)).await.expect(200);
        for wrong in ["gaps", "forks", "resets"] {
            assert_eq!(told[wrong], json!(0), "{wrong} of {}", reader.core.machine);
        }
        assert_eq!(told["head"]["hash"], json!(reader.core.memory.head().to_string()), "the same end");
    }
    println!("{} lines", verified.lines);
}
