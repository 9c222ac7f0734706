DROP TABLE badge_tag;
