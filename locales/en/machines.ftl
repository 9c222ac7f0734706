field-weekday = The day is a number from 1 (Monday) to 7 (Sunday).
field-hours_overlap = These hours overlap those of span number { $other }, of the same sort and day.
field-wall_time = The time is written HH:MM, such as 09:30; 24:00 is midnight at the end of the day.
field-one_of_two = Name a workshop or a machine, not both.
