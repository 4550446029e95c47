// A window without a network, as pure rules: no page, no store, no network. What the city reckons
// again when the entry arrives is reckoned here from the same tables, so that a receipt can be given.

const empty = (value) => value === undefined || value === null || value === "" || value.length === 0;
const number = (value) => Number(String(value).replace(",", "."));

const TESTS = {
  is: (said, wanted) => said === wanted,
  in: (said, wanted) => wanted.includes(said),
  contains: (said, wanted) => Array.isArray(said) && said.includes(wanted),
  gt: (said, wanted) => !empty(said) && number(said) > wanted,
  gte: (said, wanted) => !empty(said) && number(said) >= wanted,
  lt: (said, wanted) => !empty(said) && number(said) < wanted,
  lte: (said, wanted) => !empty(said) && number(said) <= wanted,
  empty: (said, wanted) => empty(said) === wanted,
};

// A condition that this window does not know holds for nobody: the city will ask.
export const holds = (condition, answers) => {
  if (!condition) return true;
  if (condition.all) return condition.all.every((part) => holds(part, answers));
  if (condition.any) return condition.any.some((part) => holds(part, answers));
  if (condition.not) return !holds(condition.not, answers);
  const said = answers[condition.question];
  const [operator] = Object.keys(condition).filter((name) => name !== "question");
  return Boolean(TESTS[operator]?.(said, condition[operator]));
};

export const asked = (procedure, answers) =>
  procedure.questions.filter((one) => holds(one.page_if, answers) && holds(one.show_if, answers));

export const papersOf = (procedure, answers) => procedure.papers.filter((one) => holds(one.if, answers));

const caseOf = (procedure, answers) => procedure.cases.find((one) => holds(one.if, answers));

// null: somebody reads a table, or a quantity is counted, when there is a network.
export const feeOf = (procedure, answers) => {
  const { case: name } = caseOf(procedure, answers);
  const due = procedure.fees.filter(
    (fee) => ["ALL", "COUNTER"].includes(fee.channel) && ["", name].includes(fee.case) && holds(fee.if, answers),
  );
  return due.some((fee) => fee.amount === null) ? null : due.reduce((sum, fee) => sum + fee.amount, 0);
};

// "" where nothing was proved for that moment, or another commune decides.
export const dueOf = (procedure, answers, at, ward) => {
  const place = procedure.place && answers[procedure.place];
  const there = place?.ward ?? place;
  if (there && there !== ward) return "";
  const span = caseOf(procedure, answers).dues.find(([from, to]) => new Date(from) <= at && at < new Date(to));
  return span ? span[2] : "";
};

export const lacking = (procedure, answers, papers) => ({
  questions: asked(procedure, answers).filter((one) => one.required && empty(answers[one.key])),
  papers: papersOf(procedure, answers).filter((one) => one.must && !["shown", "handed"].includes(papers[one.key])),
});

export const fold = (text) =>
  text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC");

// What this window took in last stands first, then the plainest name.
export const found = (procedures, text, recent) => {
  const pieces = fold(text).split(/\s+/).filter(Boolean);
  const hits = procedures.filter((one) => {
    const words = one.words.split(/\s+/);
    return pieces.every((piece) => words.some((word) => word.startsWith(piece)));
  });
  const place = (one) => (recent.includes(one.code) ? recent.indexOf(one.code) : recent.length);
  return hits.sort((a, b) => place(a) - place(b) || a.name.length - b.name.length).slice(0, 6);
};

// The twelve digits before the first «|»: an input method spoils the rest of what a scanner types.
export const numberIn = (text) => text.split("|")[0].replace(/[\s.-]/g, "").match(/\d{12}/)?.[0] ?? "";

const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Ho_Chi_Minh" });

export const codeOf = (agency, serial, at) =>
  `${agency}-${DAY.format(at).replaceAll("-", "")}-${String(serial).padStart(7, "0")}`;

// The next number of a range that holds now; null when the window has none left.
export const nextNumber = (ranges, used, now) => {
  for (const range of ranges) {
    const serial = used[range.id] ?? range.first;
    if (serial <= range.last && new Date(range.validUntil) > now) return { range: range.id, serial };
  }
  return null;
};

export const left = (ranges, used, now) =>
  ranges
    .filter((range) => new Date(range.validUntil) > now)
    .reduce((sum, range) => sum + range.last + 1 - (used[range.id] ?? range.first), 0);

// --- what becomes of an entry --------------------------------------------------------------------

export const WAITS = "waits";
export const REFUSED = "refused";
const SETTLED = ["RECEIVED", "WAITING", "VOID"];
export const MOST = 20;

export const batchOf = (entries) => entries.filter((one) => one.state === WAITS && one.signature).slice(0, MOST);

// After an answer the window forgets an entry that the city has, whatever becomes of it there. An
// entry that was not answered, or an answer that never came, leaves everything as it was.
export const after = (entries, answers, settled = SETTLED) => {
  const byId = new Map(answers.filter((one) => one.id).map((one) => [one.id, one]));
  const byMark = new Map(answers.filter((one) => one.mark).map((one) => [one.mark, one]));
  return entries.flatMap((entry) => {
    if (settled.includes(byId.get(entry.id)?.state)) return [];
    const refused = entry.signature && byMark.get(entry.signature.slice(0, 24));
    return refused ? [{ ...entry, state: REFUSED, sentence: refused.sentence }] : [entry];
  });
};
