-- What stands on a controller's list for a badge: an HMAC of the card's number under that controller's key. The number
-- itself is kept nowhere, so a tag is learned when the card is shown there.
CREATE TABLE badge_tag (
    controller_id uuid NOT NULL,
    badge_id uuid NOT NULL REFERENCES badge (id),
    tag text COLLATE "C" NOT NULL,
    learned_at timestamptz NOT NULL,
    PRIMARY KEY (controller_id, badge_id)
);
CREATE INDEX badge_tag_tag ON badge_tag (controller_id, tag);
