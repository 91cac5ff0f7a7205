// Prints provider by call: right uses that the payment rules leave alone, wrong ones that they find (fixtures/payment-sdks).
import { loadPaymentSdkCases } from "../test/support/payment-sdk-cases.ts";

const cases = loadPaymentSdkCases();
const rows = cases.map(({ provider, call, file, right, wrong, rules }) => [
  provider,
  call,
  file.split("/")[1] ?? "",
  right.uses === 0 ? "-" : `${right.silent}/${right.uses}`,
  wrong.uses === 0 ? "-" : `${wrong.found}/${wrong.uses}`,
  rules.join(", "),
]);
for (const row of [["provider", "call", "file", "right, silent", "wrong, found", "by"], ["-", "-", "-", "-", "-", "-"], ...rows])
  console.log(`| ${row.join(" | ")} |`);

const sum = (pick: (each: (typeof cases)[number]) => number): number => cases.reduce((total, each) => total + pick(each), 0);
console.log(`\nright uses silent ${sum(({ right }) => right.silent)} of ${sum(({ right }) => right.uses)}`);
console.log(`wrong uses found ${sum(({ wrong }) => wrong.found)} of ${sum(({ wrong }) => wrong.uses)}`);
