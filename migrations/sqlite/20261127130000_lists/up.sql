-- Lists cost what they show: every order and filter that is offered has its index.
CREATE INDEX reservation_state ON reservation (state, starts_at, id);
CREATE INDEX reservation_machine_state ON reservation (machine_id, state, starts_at, id);
CREATE INDEX machine_order ON machine (position, slug);
CREATE INDEX machine_order_in_workshop ON machine (workshop_id, position, slug);
CREATE INDEX member_role_role ON member_role (role, member_id);

-- The words of a member's name and address, folded as the search key is: what staff search in, by how words begin.
-- An address stands there whole as well.
CREATE TABLE member_word (
    word TEXT NOT NULL,
    member_id BLOB NOT NULL CHECK (length(member_id) = 16) REFERENCES member (id),
    PRIMARY KEY (word, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_word_member ON member_word (member_id);

WITH RECURSIVE text (member_id, rest) AS (
    SELECT id, search_key || ' ' FROM member
    UNION ALL
    SELECT id, replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        search_key, '@', ' '), '.', ' '), '-', ' '), '_', ' '), '+', ' '), '''', ' '), '’', ' '), ',', ' '), '/', ' '), '(', ' '),
        ')', ' ') || ' ' FROM member
), piece (member_id, word, rest) AS (
    SELECT member_id, '', rest FROM text
    UNION ALL
    SELECT member_id, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM piece WHERE rest <> ''
)
INSERT OR IGNORE INTO member_word (word, member_id) SELECT word, member_id FROM piece WHERE word <> '';
