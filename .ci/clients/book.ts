// Books a machine with the types that openapi-typescript made: node book.js URL.
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.js";

type Reservation = components["schemas"]["ReservationOut"];
type Problem = components["schemas"]["Problem"];

declare const process: { argv: string[] };
const url = process.argv[2] ?? "";
const machine = "decoupe-laser";
const api = createClient<paths>({ baseUrl: url });

function must<T>(thing: T | undefined | null, why: unknown): T {
  if (thing === undefined || thing === null) throw new Error(JSON.stringify(why));
  return thing;
}

const entered = await api.POST("/api/v1/sessions", {
  body: { email: "maker@example.org", password: "etabli-demo-2026" },
});
const token = must(entered.data?.token, entered.error);
api.use({ onRequest: ({ request }) => { request.headers.set("Authorization", `Bearer ${token}`); } });

const from = new Date(Date.now() + 9 * 24 * 3600 * 1000).toISOString().slice(0, 10);
const asked = await api.GET("/api/v1/machines/{machine}/calendar", {
  params: { path: { machine }, query: { from, days: 14 } },
});
const calendar = must(asked.data, asked.error);

let made: Reservation | undefined;
let refused: Problem | undefined;
let body = { machine, starts_at: "", ends_at: "" };
for (const free of calendar.days.flatMap((day) => day.free)) {
  const end = new Date(Date.parse(free.starts_at) + 30 * 60 * 1000);
  body = { machine, starts_at: free.starts_at, ends_at: end.toISOString() };
  const answer = await api.POST("/api/v1/reservations", { body });
  made = answer.data;
  refused = answer.error;
  if (made) break;
}
const { id } = must(made, refused);

// The same again is a problem with its code, and the reservation is there to be read.
const again = await api.POST("/api/v1/reservations", { body });
if (again.response.status !== 409 || again.error?.code !== "machine_taken") throw new Error(JSON.stringify(again.error));
const shown = await api.GET("/api/v1/reservations/{id}", { params: { path: { id } } });
if (must(shown.data, shown.error).id !== id) throw new Error(JSON.stringify(shown.data));
const gone = await api.POST("/api/v1/reservations/{id}/cancellation", { params: { path: { id } } });
if (must(gone.data, gone.error).state !== "cancelled") throw new Error(JSON.stringify(gone.data));
console.log(`the client in TypeScript booked ${machine} at ${body.starts_at}, and gave it back`);
