-- Lists cost what they show: every order and filter that is offered has its index.
CREATE INDEX reservation_state ON reservation (state, starts_at, id);
CREATE INDEX reservation_machine_state ON reservation (machine_id, state, starts_at, id);
CREATE INDEX machine_order ON machine (position, slug);
CREATE INDEX machine_order_in_workshop ON machine (workshop_id, position, slug);
CREATE INDEX member_role_role ON member_role (role, member_id);

-- The words of a member's name and address, folded as the search key is: what staff search in, by how words begin.
-- An address stands there whole as well.
CREATE TABLE member_word (
    word text COLLATE "C" NOT NULL,
    member_id uuid NOT NULL REFERENCES member (id),
    PRIMARY KEY (word, member_id)
);
CREATE INDEX member_word_member ON member_word (member_id);

INSERT INTO member_word (word, member_id)
SELECT DISTINCT word, id FROM (
    SELECT id, regexp_split_to_table(search_key, '\s+') AS word FROM member
    UNION ALL
    SELECT id, regexp_split_to_table(translate(search_key, '@.-_+''’,/()', '           '), '\s+') FROM member
) AS piece WHERE word <> '';
