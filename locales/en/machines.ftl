field-weekday = The day is a number from 1 (Monday) to 7 (Sunday).
field-hours_overlap = These hours overlap those of span number { $other }, of the same sort and day.
field-wall_time = The time is written HH:MM, such as 09:30; 24:00 is midnight at the end of the day.
field-one_of_two = Name a workshop or a machine, not both.

# What a plug says of itself, or what was seen of it.
plug-says = The device reports: “{ $word }”.
plug-says-overtemp = The plug is too hot inside and has switched itself off. Let it cool down, and look at what is plugged into it.
plug-says-overpower = The machine asks for more power than the plug allows; the plug has switched itself off.
plug-says-overcurrent = The machine draws more current than the plug allows; the plug has switched itself off.
plug-says-overvoltage = The mains voltage is too high for the plug.
plug-says-undervoltage = The mains voltage is too low for the plug.
plug-says-maxpowerreached = The machine asks for more power than the plug is set to let through; the plug has switched itself off.
plug-rpc-error = The device refuses the call { $method }: “{ $why }”.
plug-too-large = A message of { $bytes } bytes arrived on { $topic }; it was left aside. No plug sends anything that large: see who writes there.
