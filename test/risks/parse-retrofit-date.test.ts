import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../src/risks/calendar.ts";
import { parseRetrofitDate } from "../../src/risks/parse-retrofit-date.ts";
import { WRITTEN } from "./describe-command.ts";

const read = (text: string): unknown => parseRetrofitDate(text, WRITTEN);

describe("a retrofit date", () => {
  it.each([
    ["2027-01-15", "2027-01-15"],
    ["2027/1/5", "2027-01-05"],
    ["2027.01.15", "2027-01-15"],
    ["13/01/2027", "2027-01-13"],
    ["1/15/2027", "2027-01-15"],
    ["15.01.2027", "2027-01-15"],
    ["01/01/2027", "2027-01-01"],
    ["15 January 2027", "2027-01-15"],
    ["January 15th, 2027", "2027-01-15"],
    ["the 15th of January 2027", "2027-01-15"],
    ["15-Jan-2027", "2027-01-15"],
    ["Jan 15", "2027-01-15"],
    ["Friday, 15 Jan 2027", "2027-01-15"],
    ["Friday", "2026-11-27"],
    ["tomorrow", "2026-11-24"],
    ["in 6 weeks", "2027-01-04"],
    ["three weeks from now", "2026-12-14"],
    ["in 2 months", "2027-01-23"],
    ["no later than 2027-01-15", "2027-01-15"],
    ["on or before 15 January 2027", "2027-01-15"],
    ["2027-01-15 (Friday), end of day", "2027-01-15"],
    ["2027-01-15T23:30-05:00", "2027-01-16"],
    ["2027-01-15 09:00", "2027-01-15"],
    ["January 15 2027 5pm PST", "2027-01-16"],
    ["2026-11-24", "2026-11-24"],
    ["2027-02-21", "2027-02-21"],
  ])("written as %j is %s", (text, date) => {
    expect(read(text)).toEqual({ date });
  });

  it.each([
    ["", "missing"],
    ["YYYY-MM-DD", "missing"],
    ["someday", "vague"],
    ["asap", "vague"],
    ["TBD", "vague"],
    ["around 2027-01-15", "vague"],
    ["2027-01-15 if all goes well", "vague"],
    ["after 2027-01-15", "vague"],
    ["in a few weeks", "vague"],
    ["end of Q1", "vague"],
    ["next sprint", "vague"],
    ["mid January 2027", "no-day"],
    ["January 2027", "no-day"],
    ["2027-13-01", "not-in-calendar"],
    ["99/99/2027", "not-in-calendar"],
    ["Feb 29 2027", "not-in-calendar"],
    ["20270115", "not-a-date"],
    ["soonish-ly", "vague"],
    ["when pigs fly", "not-a-date"],
    ["2027-01-15, 2027-02-15", "several"],
    ["15 January 2027, 2027-02-15", "several"],
    ["2 weeks ago", "not-in-the-future"],
    ["in 91 days", "beyond-horizon"],
  ])("written as %j is refused as %s", (text, problem) => {
    expect(read(text)).toMatchObject({ problem });
  });

  it("names both readings of an ambiguous date", () => {
    expect(read("03/04/2027")).toEqual({ problem: "ambiguous", readings: ["2027-03-04", "2027-04-03"] });
  });

  it("counts relative words from when they were written, and the future from now", () => {
    const laterOn = { ...WRITTEN, now: "2026-12-10T00:00:00Z" };
    expect(parseRetrofitDate("in 3 weeks", laterOn)).toEqual({ date: "2026-12-14" });
    expect(parseRetrofitDate("in 2 weeks", laterOn)).toEqual({ problem: "not-in-the-future", date: "2026-12-07" });
  });

  it("takes today from UTC", () => {
    const lateEvening = { ...WRITTEN, now: "2026-11-23T23:59:59-05:00" };
    expect(parseRetrofitDate("2026-11-24", lateEvening)).toMatchObject({ problem: "not-in-the-future" });
  });

  it("is itself, within the horizon, for every ISO date", () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 1, max: 365 }), (offset, horizonDays) => {
        const date = addDays("2026-11-23", offset);
        const result = parseRetrofitDate(date, { ...WRITTEN, horizonDays });
        if (offset <= 0) expect(result).toEqual({ problem: "not-in-the-future", date });
        else if (offset > horizonDays) expect(result).toEqual({ problem: "beyond-horizon", date });
        else expect(result).toEqual({ date });
      }),
    );
  });

  it("never throws, and never leaves the horizon, whatever the text", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 10 }),
      fc.constantFrom(
        "2027-01-15",
        "15 January",
        "in ",
        "6 weeks",
        "next ",
        "Friday",
        "/",
        "-",
        "2027",
        " to ",
        "13",
        "T23:59Z",
        "later",
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const result = parseRetrofitDate(pieces.join("").slice(0, 300), WRITTEN);
        if ("problem" in result) return;
        expect(result.date > "2026-11-23" && result.date <= "2027-02-21").toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
