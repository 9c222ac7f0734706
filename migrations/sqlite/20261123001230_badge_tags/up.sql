-- What stands on a controller's list for a badge: an HMAC of the card's number under that controller's key. The number
-- itself is kept nowhere, so a tag is learned when the card is shown there.
CREATE TABLE badge_tag (
    controller_id BLOB NOT NULL CHECK (length(controller_id) = 16),
    badge_id BLOB NOT NULL CHECK (length(badge_id) = 16) REFERENCES badge (id),
    tag TEXT NOT NULL,
    learned_at INTEGER NOT NULL,
    PRIMARY KEY (controller_id, badge_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX badge_tag_tag ON badge_tag (controller_id, tag);
