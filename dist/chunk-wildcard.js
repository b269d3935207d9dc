// src/policy/wildcard.ts
/** Whether a text matches a pattern in which `*` stands for any text and `?` for any one character. */
function textMatches(pattern, text) {
	if (!/[*?]/.test(pattern)) return pattern === text;
	return sequenceMatches(Array.from(pattern), Array.from(text), (part, char) => part === "*" ? "any" : part === "?" || part === char);
}
/**
* Whether a sequence matches a pattern whose parts may stand for any number of items. Goes back to the last
* such part only, so that no pattern takes more than the product of both lengths.
*/
function sequenceMatches(pattern, items, test) {
	let at = 0;
	let item = 0;
	let star;
	let resume = 0;
	while (item < items.length) {
		const part = pattern[at];
		const outcome = part === void 0 ? false : test(part, items[item] ?? "");
		if (outcome === "any") {
			star = at++;
			resume = item;
		} else if (outcome) {
			at++;
			item++;
		} else if (star === void 0) return false;
		else {
			at = star + 1;
			item = ++resume;
		}
	}
	while (at < pattern.length && test(pattern[at] ?? "", "") === "any") at++;
	return at === pattern.length;
}
Object.defineProperty(exports, "sequenceMatches", {
	enumerable: true,
	get: function() {
		return sequenceMatches;
	}
});
Object.defineProperty(exports, "textMatches", {
	enumerable: true,
	get: function() {
		return textMatches;
	}
});
