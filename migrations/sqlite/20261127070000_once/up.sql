-- The same closure twice is one; the first stays.
DELETE FROM closure WHERE EXISTS (
    SELECT 1 FROM closure AS earlier
    WHERE earlier.starts_at = closure.starts_at AND earlier.ends_at = closure.ends_at
      AND earlier.workshop_id IS closure.workshop_id AND earlier.machine_id IS closure.machine_id
      AND earlier.id < closure.id);
CREATE UNIQUE INDEX closure_once ON closure (starts_at, ends_at, coalesce(workshop_id, x''), coalesce(machine_id, x''));

-- The same membership twice is one; what was given again ends before it began.
UPDATE membership SET ends_on = date(starts_on, '-1 day'), ended_at = created_at
WHERE ended_at IS NULL AND EXISTS (
    SELECT 1 FROM membership AS earlier
    WHERE earlier.member_id = membership.member_id AND earlier.plan_id = membership.plan_id
      AND earlier.starts_on = membership.starts_on AND earlier.ended_at IS NULL AND earlier.id < membership.id);
CREATE UNIQUE INDEX membership_once ON membership (member_id, plan_id, starts_on) WHERE ended_at IS NULL;
