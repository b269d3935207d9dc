const require_rolldown_runtime = require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_digest = require("./chunk-digest.js");
const require_finding = require("./chunk-finding.js");
const require_wildcard = require("./chunk-wildcard.js");
let node_util = require("node:util");
let node_diagnostics_channel = require("node:diagnostics_channel");
let node_crypto = require("node:crypto");
let node_path = require("node:path");
let node_fs = require("node:fs");
let node_timers_promises = require("node:timers/promises");
// src/model/purl.ts
/**
* Builds the canonical package URL of a package.
*
* @param type purl type: `npm`, `pypi`, `cargo`, `golang`
* @param name canonical name of that type (lower case where the type asks for it); everything
*   before the last `/` is the namespace
* @param qualifiers empty values are left out
* @see https://github.com/package-url/purl-spec
*/
function purlOf(type, name, version, qualifiers = {}) {
	const path = name.split("/").map(encode).join("/");
	const query = Object.entries(qualifiers).filter(([, value]) => value !== "").sort(([a], [b]) => a < b ? -1 : 1).map(([key, value]) => `${key}=${encode(value)}`).join("&");
	return `pkg:${type}/${path}${version === "" ? "" : `@${encode(version)}`}${query === "" ? "" : `?${query}`}`;
}
/** Everything but `A-Za-z0-9.-_~:` is escaped; `encodeURIComponent` alone leaves `!'()*`. */
function encode(text) {
	if (/^[\w.~:-]*$/.test(text)) return text;
	return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll("%3A", ":");
}
// node_modules/smol-toml/dist/error.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};
// node_modules/smol-toml/dist/primitive.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}
// node_modules/smol-toml/dist/date.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};
// node_modules/smol-toml/dist/extract.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate$1(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate$1(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate$1(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate$1(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate$1(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate$1(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}
// node_modules/smol-toml/dist/util.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}
// node_modules/smol-toml/dist/struct.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}
// node_modules/smol-toml/dist/parse.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"".isWellFormed;
// node_modules/smol-toml/dist/index.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
// src/formats/conflict-markers.ts
/**
* Finds what an unfinished merge leaves behind, so that a message can name the cause instead of the
* syntax error that it leads to.
*
* @returns the 1-based line of the first marker; nothing when there is none
* @see https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
*/
function conflictMarkerLine(text) {
	const marker = /^(?:<{7}|>{7}) /m.exec(text);
	return marker ? text.slice(0, marker.index).split("\n").length : void 0;
}
// src/formats/toml.ts
/** Most dots in keys: each makes a table, of half a kilobyte. A lock of 100 000 packages has some 200 000. */
const MAX_KEY_DOTS = 1e6;
/**
* Parses a TOML 1.0 file, in time linear in its length.
*
* @throws ParseError of `fault.code`, with the line
* @see https://toml.io/en/v1.0.0
*/
function parseToml(file, fault) {
	const value = parseText(file, fault);
	let lines;
	return {
		value,
		lineOf(key, index = 0) {
			lines ??= headerLines(file.text);
			return lines.get(key)?.[index];
		}
	};
}
/** The value as a table; nothing when it is anything else. */
function tableOf$2(value) {
	return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === null ? value : void 0;
}
function parseText({ path, text }, fault) {
	assertFewDots({
		path,
		text
	}, fault);
	try {
		return parse(text);
	} catch (cause) {
		const conflict = conflictMarkerLine(text);
		if (conflict !== void 0) throw new require_errors.ParseError({
			...fault,
			message: `Cannot parse "${path}": found the conflict markers of an unfinished merge, expected TOML`,
			line: conflict,
			cause
		});
		const reason = require_errors.messageOf(cause).split("\n", 1)[0] ?? "";
		throw new require_errors.ParseError({
			...fault,
			message: `Cannot parse "${path}" as TOML: ${reason.replace(/^Invalid TOML document: /, "")}`,
			line: cause instanceof TomlError ? cause.line : void 0,
			cause
		});
	}
}
/** A key such as `a.a.a…` makes more tables than memory holds, out of a file that is not large. */
function assertFewDots({ path, text }, fault) {
	if (text.length <= MAX_KEY_DOTS) return;
	const token = /"""|'''|["'#.]/g;
	let dots = 0;
	for (let match = token.exec(text); match !== null; match = token.exec(text)) if (match[0] !== ".") token.lastIndex = endOfToken(text, match.index, match[0]);
	else if (++dots > MAX_KEY_DOTS) throw new require_errors.ParseError({
		...fault,
		message: `Cannot parse "${path}" as TOML: found more than ${MAX_KEY_DOTS} dots in keys, expected fewer`
	});
}
/** Keys that begin with a letter: at the start of a line, no array element looks like `[[package]]`. */
const HEADER = /^[ \t]*\[\[?[ \t]*([A-Za-z_][\w-]*(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*\]/gm;
/** Lines of all table headers, by key, in the order of the file. */
function headerLines(text) {
	const plain = withoutMultilineStrings(text);
	const lines = /* @__PURE__ */ new Map();
	let line = 1;
	let at = 0;
	for (const match of plain.matchAll(HEADER)) {
		for (let end = plain.indexOf("\n", at); end !== -1 && end < match.index;) {
			line++;
			at = end + 1;
			end = plain.indexOf("\n", at);
		}
		const key = (match[1] ?? "").replace(/[ \t]/g, "");
		const known = lines.get(key);
		if (known) known.push(line);
		else lines.set(key, [line]);
	}
	return lines;
}
/** The text with multi-line strings cut down to their line ends: a line of a string is no header. */
function withoutMultilineStrings(text) {
	if (!text.includes("\"\"\"") && !text.includes("'''")) return text;
	const pieces = [];
	const opener = /"""|'''|["'#]/g;
	let kept = 0;
	for (let match = opener.exec(text); match !== null; match = opener.exec(text)) {
		const end = endOfToken(text, match.index, match[0]);
		if (match[0].length === 3) {
			const newlines = text.slice(match.index, end).replace(/[^\n]+/g, "");
			pieces.push(text.slice(kept, match.index), newlines);
			kept = end;
		}
		opener.lastIndex = end;
	}
	return pieces.join("") + text.slice(kept);
}
/** Where the string or comment that `opener` begins is over. Right up to where the text is valid. */
function endOfToken(text, start, opener) {
	const closer = opener === "#" ? "\n" : opener;
	let end = text.indexOf(closer, start + opener.length);
	if (opener.startsWith("\"")) while (end !== -1 && isEscaped(text, end)) end = text.indexOf(closer, end + 1);
	if (end === -1) return text.length;
	end += closer.length;
	while (opener.length === 3 && text[end] === closer[0]) end++;
	return end;
}
/** Whether an odd number of backslashes stands before the character. */
function isEscaped(text, at) {
	let start = at;
	while (text[start - 1] === "\\") start--;
	return (at - start) % 2 === 1;
}
// src/model/component.ts
/** {@link Component.ecosystem} of what lies in the checkout itself, with a lock of ours: purl's name for what no registry has. */
const VENDORED = "generic";
const SCOPES$1 = [
	"runtime",
	"optional",
	"development"
];
/**
* One component for each purl, in the order in which purls first occur: nothing pinned is lost, the wider scope
* wins. Descriptions are gathered before they
* are merged: one by one, the time would grow with the square of how often a lock repeats itself.
*/
function mergeByPurl(components) {
	const merged = /* @__PURE__ */ new Map();
	const others = /* @__PURE__ */ new Map();
	for (const component of components) {
		const { purl } = component;
		const more = others.get(purl);
		if (more) more.push(component);
		else if (merged.has(purl)) others.set(purl, [component]);
		else merged.set(purl, component);
	}
	for (const [purl, more] of others) {
		const first = merged.get(purl);
		if (first) merged.set(purl, mergeAll(first, more));
	}
	return merged;
}
function mergeAll(first, others) {
	const all = [first, ...others];
	const scopes = new Set(all.map(({ scope }) => scope));
	const scope = scopes.has(void 0) ? void 0 : SCOPES$1.find((known) => scopes.has(known));
	const platform = anyPlatform(all.map((one) => one.platform));
	const { platform: _platform, scope: _scope, fixture: _fixture, edges: _edges, ...rest } = first;
	const { origin } = all.find((one) => one.origin.kind !== "local") ?? all.at(-1) ?? first;
	return {
		...rest,
		...scope && { scope },
		...platform && { platform },
		...all.every(({ fixture }) => fixture) && { fixture: true },
		...all.every(({ edges }) => edges) && { edges: "unknown" },
		direct: all.some(({ direct }) => direct),
		origin,
		files: mergeFiles(all),
		licenses: [...new Set(all.flatMap(({ licenses }) => licenses))].sort(),
		dependsOn: [...new Set(all.flatMap(({ dependsOn }) => dependsOn))].sort(),
		locations: uniqueBy(all.flatMap(({ locations }) => locations).sort(byLocation), (l) => `${l.path}:${l.line ?? 0}`)
	};
}
/** Keys are made once for each file, not once for each comparison. */
function mergeFiles(all) {
	const keyed = all.flatMap(({ files }) => files.map((file) => ({
		file,
		key: keyOfFile(file)
	})));
	keyed.sort((a, b) => compare$1(a.key, b.key) || byLocation(a.file.location, b.file.location));
	return uniqueBy(keyed, ({ key }) => key).map(({ file }) => file);
}
/** What holds where any does: a file that one lock needs is not left out because another does not. */
function anyPlatform(platforms) {
	const known = platforms.filter((platform) => platform !== void 0);
	const [first] = known;
	if (!first || known.length < platforms.length) return void 0;
	const kinds = known.map(({ marker: _marker, ...rest }) => JSON.stringify(rest));
	if (new Set(kinds).size > 1) return void 0;
	const markers = [...new Set(known.map(({ marker }) => marker))];
	if (markers.length === 1) return first;
	if (markers.includes(void 0)) return void 0;
	return {
		...first,
		marker: markers.map((marker) => `(${marker ?? ""})`).join(" or ")
	};
}
/** Whether two locks of the same purl promise the same bytes from the same place. Lines and edges do not count. */
function lockedAlike(a, b) {
	return lockOf(a) === lockOf(b);
}
function lockOf({ origin, files }) {
	const parts = Object.entries(origin).sort(([one], [other]) => compare$1(one, other));
	return JSON.stringify([parts, [...files].sort(byFile).map(keyOfFile)]);
}
function byPurl(a, b) {
	return compare$1(a.purl, b.purl);
}
function byLocation(a, b) {
	return compare$1(a.path, b.path) || (a.line ?? 0) - (b.line ?? 0);
}
function byFile(a, b) {
	return compare$1(keyOfFile(a), keyOfFile(b)) || byLocation(a.location, b.location);
}
/** What makes two locked files the same file: name, place and promised bytes. */
function keyOfFile(file) {
	const digests = [...file.digests].sort(require_digest.byStrength).map(require_digest.renderDigest);
	return [
		file.name ?? "",
		file.url ?? "",
		...digests
	].join("\n");
}
function compare$1(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
function uniqueBy(sorted, keyOf) {
	const seen = /* @__PURE__ */ new Set();
	return sorted.filter((item) => {
		const key = keyOf(item);
		return !seen.has(key) && seen.add(key);
	});
}
// src/formats/json-fault.ts
const EXPECTED = {
	value: "a value",
	"first-item": "a value or \"]\"",
	"first-key": "a key in double quotes or \"}\"",
	key: "a key in double quotes",
	colon: "\":\""
};
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
/**
* Finds the first place at which a text is not JSON: engines name it in some of their messages only.
* Time linear in the text.
*
* @returns nothing when the text is JSON
* @see https://www.rfc-editor.org/rfc/rfc8259#section-2
*/
function jsonFaultOf(text) {
	const open = [];
	let state = "value";
	let at = skipSpace(text, 0);
	while (at < text.length) {
		const token = tokenAt(text, at);
		if (token?.expected !== void 0) return faultAt(text, token.end, token.expected);
		const next = token && after(state, token.kind, open);
		if (token === void 0 || next === void 0) return faultAt(text, at, expectedIn(state, open));
		state = next;
		at = skipSpace(text, token.end);
	}
	return state === "next" && open.length === 0 ? void 0 : faultAt(text, at, expectedIn(state, open));
}
function tokenAt(text, at) {
	const char = text.charAt(at);
	if ("{}[],:".includes(char)) return {
		kind: char,
		end: at + 1
	};
	if (char === "\"") return stringAt$1(text, at);
	SCALAR.lastIndex = at;
	return SCALAR.test(text) ? {
		kind: "scalar",
		end: SCALAR.lastIndex
	} : void 0;
}
function stringAt$1(text, start) {
	let at = start + 1;
	while (at < text.length) {
		const char = text.charAt(at);
		if (char === "\"") return {
			kind: "string",
			end: at + 1
		};
		if (char < " ") return {
			kind: "string",
			end: at,
			expected: "the closing quote of a string"
		};
		if (char !== "\\") {
			at++;
			continue;
		}
		ESCAPE.lastIndex = at;
		if (!ESCAPE.test(text)) return {
			kind: "string",
			end: at,
			expected: "an escape sequence of JSON"
		};
		at = ESCAPE.lastIndex;
	}
	return {
		kind: "string",
		end: at,
		expected: "the closing quote of a string"
	};
}
/** The state behind a token, with `open` brought up to date; nothing when the token cannot stand there. */
function after(state, token, open) {
	const inside = open.at(-1);
	switch (token) {
		case "{":
		case "[":
			if (state !== "value" && state !== "first-item") return void 0;
			open.push(token);
			return token === "{" ? "first-key" : "first-item";
		case "}":
			if (inside !== "{" || state !== "next" && state !== "first-key") return void 0;
			open.pop();
			return "next";
		case "]":
			if (inside !== "[" || state !== "next" && state !== "first-item") return void 0;
			open.pop();
			return "next";
		case ",":
			if (state !== "next" || inside === void 0) return void 0;
			return inside === "{" ? "key" : "value";
		case ":": return state === "colon" ? "value" : void 0;
		default:
			if (state === "value" || state === "first-item") return "next";
			return token === "string" && (state === "key" || state === "first-key") ? "colon" : void 0;
	}
}
function expectedIn(state, open) {
	if (state !== "next") return EXPECTED[state];
	const inside = open.at(-1);
	if (inside === void 0) return "the end of the file";
	return inside === "{" ? "\",\" or \"}\"" : "\",\" or \"]\"";
}
function skipSpace(text, start) {
	let at = start;
	while (at < text.length && " 	\n\r".includes(text.charAt(at))) at++;
	return at;
}
function faultAt(text, at, expected) {
	let line = 1;
	for (let end = text.indexOf("\n"); end !== -1 && end < at; end = text.indexOf("\n", end + 1)) line++;
	const point = text.codePointAt(at);
	if (point === void 0) return {
		line,
		found: "the end of the file",
		expected
	};
	const printable = point > 32 && point < 127;
	const code = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
	return {
		line,
		found: printable ? `"${text.charAt(at)}"` : `the character ${code}`,
		expected
	};
}
// src/formats/json.ts
/**
* Parses a JSON file. A byte order mark is passed over, as package managers do.
*
* @throws ParseError of `help.code`, with the line and what was expected there
* @see https://www.rfc-editor.org/rfc/rfc8259
*/
function parseJson({ path, text }, help) {
	const plain = text.startsWith("﻿") ? text.slice(1) : text;
	try {
		return JSON.parse(plain);
	} catch (cause) {
		const conflict = conflictMarkerLine(plain);
		if (conflict !== void 0) throw new require_errors.ParseError({
			...help,
			message: `Cannot parse "${path}": found the conflict markers of an unfinished merge, expected JSON`,
			line: conflict,
			cause
		});
		const fault = jsonFaultOf(plain);
		const wrong = fault ? `found ${fault.found}, expected ${fault.expected}` : "it is no JSON";
		throw new require_errors.ParseError({
			...help,
			message: `Cannot parse "${path}": ${wrong}`,
			line: fault?.line,
			cause
		});
	}
}
/** Parsed JSON; nothing when it is none. */
function jsonIn(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
/** The JSON that bytes of UTF-8 are; nothing when they are anything else. */
function jsonInUtf8(bytes) {
	try {
		return jsonIn(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch {
		return;
	}
}
/** The JSON object that bytes are, where what is no UTF-8 is read as what stands for it; nothing when they are anything else. */
function jsonObjectIn(bytes) {
	return jsonObjectOf(jsonIn(Buffer.from(bytes).toString("utf8")));
}
/** The value as an object; nothing when it is anything else, such as a list. */
function jsonObjectOf(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
}
/** What a message calls a value that is not of the kind it should be: `a list`, `null`, `a number`. */
function jsonKindOf(value) {
	if (value === null) return "null";
	if (value === void 0) return "nothing";
	if (Array.isArray(value)) return "a list";
	return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
// src/formats/plain-data.ts
/** Whether parsed data is an object with fields: no array, no date, not null. */
function isTable(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
/**
* A field of parsed data. What an object merely inherits (`constructor`, `toString`) is no field,
* whatever name a hostile file asks for.
*/
function fieldOf(table, name) {
	return isTable(table) && Object.hasOwn(table, name) ? table[name] : void 0;
}
/** A field that must be a string to count. */
function stringField(table, name) {
	const value = fieldOf(table, name);
	return typeof value === "string" ? value : void 0;
}
/** A field that must be an object to count; an empty one when it is not. */
function tableField(table, name) {
	const value = fieldOf(table, name);
	return isTable(value) ? value : {};
}
/** A field that must be an array to count; an empty one when it is not. */
function arrayField(table, name) {
	const value = fieldOf(table, name);
	return Array.isArray(value) ? value : [];
}
/** The strings of a field that is an array; anything else in it is passed over. */
function stringsField(table, name) {
	return arrayField(table, name).filter((value) => typeof value === "string");
}
// src/formats/minisign.ts
/** Prefix of the first line of all its files. */
const UNTRUSTED = "untrusted comment: ";
/** Prefix of the third line of a signature. */
const TRUSTED = "trusted comment: ";
const MAX_TRUSTED = 8192;
/** Bytes of the structures, behind their base64. */
const KEY_BYTES = 42;
const SIGNATURE_BYTES = 74;
const GLOBAL_BYTES = 64;
/** Secret keys of minisign and of signify: somebody took the wrong file. */
const SECRET_BYTES = [158, 104];
/** DER of an Ed25519 public key, up to the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const SPKI_ED25519 = Buffer.from("302a300506032b6570032100", "hex");
/** C0 and C1 but for the tab, DEL, and what stands for bytes that are no UTF-8. */
const UNPRINTABLE = /[\0-\x08\x0a-\x1f\x7f-\x9f\ufffd]/;
/**
* Parses a public key: the line alone, or the file that `minisign -G` writes. The key of signify has the same form.
*
* @returns why it is none, as a string
* @see https://jedisct1.github.io/minisign/#public-key-format
*/
function parseMinisignKey(text) {
	const lines = linesOf(text);
	const line = lines[0]?.startsWith("untrusted comment: ") === true ? lines[1] : lines[0];
	if (lines.length > (line === lines[0] ? 1 : 2)) return "more lines than a public key has";
	const bytes = bytesOf(line ?? "");
	if (bytes === void 0) return "no base64";
	if (SECRET_BYTES.includes(bytes.length)) return "a secret key, which nobody else should have";
	if (bytes.length !== KEY_BYTES) return `${bytes.length} bytes instead of ${KEY_BYTES}`;
	if (algorithmOf(bytes) !== "Ed") return "a key of an algorithm other than Ed25519";
	return {
		id: keyIdOf(bytes),
		text: line ?? ""
	};
}
/**
* Parses a `.minisig` file, strictly: four lines, canonical base64, a comment that can be printed.
*
* @returns why it is none, as a string
* @see https://jedisct1.github.io/minisign/#signature-format
*/
function parseMinisignSignature(text) {
	const [untrusted = "", line = "", trusted, global = "", ...rest] = linesOf(text);
	if (!untrusted.startsWith("untrusted comment: ")) return `no "${UNTRUSTED}" in its first line`;
	if (untrusted.length > 1043) return "an untrusted comment without end";
	const bytes = bytesOf(line);
	if (bytes?.length !== SIGNATURE_BYTES) return "no signature in its second line";
	const algorithm = ALGORITHMS$1.get(algorithmOf(bytes));
	if (algorithm === void 0) return "a signature of an unknown algorithm";
	if (trusted === void 0) return "a signature of signify, which has no trusted comment";
	if (!trusted.startsWith("trusted comment: ")) return `no "${TRUSTED}" in its third line`;
	const trustedComment = trusted.slice(17);
	if (trustedComment.length > MAX_TRUSTED) return "a trusted comment without end";
	if (UNPRINTABLE.test(trustedComment)) return "a trusted comment that cannot be printed";
	const globalSignature = bytesOf(global);
	if (globalSignature?.length !== GLOBAL_BYTES) return "no global signature in its fourth line";
	if (rest.length > 0) return "more than four lines";
	return {
		algorithm,
		keyId: keyIdOf(bytes),
		signature: bytes.subarray(10),
		trustedComment,
		globalSignature
	};
}
const ALGORITHMS$1 = /* @__PURE__ */ new Map([["ED", "prehashed"], ["Ed", "legacy"]]);
/**
* Checks a signature in the order of the program: key id, signature of the file, signature of the comment.
*
* @returns what does not hold; nothing when all of it does
*/
function verifyMinisign({ key, signature, message }) {
	const raw = Buffer.from(key.text, "base64");
	if (signature.keyId !== key.id) return "key";
	const der = Buffer.concat([SPKI_ED25519, raw.subarray(10)]);
	const ed25519 = (0, node_crypto.createPublicKey)({
		key: der,
		format: "der",
		type: "spki"
	});
	if (!(0, node_crypto.verify)(null, message, ed25519, signature.signature)) return "file";
	const commented = Buffer.concat([signature.signature, Buffer.from(signature.trustedComment)]);
	return (0, node_crypto.verify)(null, commented, ed25519, signature.globalSignature) ? void 0 : "comment";
}
/** The name that the signer's program saw, as its default comment has it: `timestamp:…\tfile:…\thashed`. */
function signedFileName({ trustedComment }) {
	return trustedComment.split("	").find((part) => part.startsWith("file:"))?.slice(5);
}
/** Lines without their ends, and without empty ones behind the last. */
function linesOf(text) {
	const lines = text.split("\n").map((line) => line.endsWith("\r") ? line.slice(0, -1) : line);
	while (lines.at(-1) === "") lines.pop();
	return lines;
}
/** Bytes of canonical base64: Node passes over what is none, which a signature format must not. */
function bytesOf(text) {
	const bytes = Buffer.from(text, "base64");
	return text !== "" && bytes.toString("base64") === text ? bytes : void 0;
}
function algorithmOf(bytes) {
	return Buffer.from(bytes.subarray(0, 2)).toString("latin1");
}
/** A little-endian number, as the program shows it. */
function keyIdOf(bytes) {
	return Buffer.from(bytes.subarray(2, 10).toReversed()).toString("hex").toUpperCase();
}
// src/model/nearest.ts
/** Longer words are no typing errors of ours: nothing is compared with them. */
const MAX_LENGTH$3 = 64;
/**
* Finds the word that somebody probably meant, for messages such as `unknown stage "integrty": did you
* mean "integrity"?`.
*
* @returns nothing when no word is near: more than a third of the letters differ
*/
function nearestOf(word, words) {
	if (word.length > MAX_LENGTH$3) return void 0;
	const wanted = word.toLowerCase();
	let best;
	let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	for (const candidate of words) {
		const distance = distanceOf(wanted, candidate.toLowerCase());
		if (distance < bestDistance) {
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}
/** Edits between two words; two letters that changed places count as one. @see Damerau 1964, restricted form */
function distanceOf(a, b) {
	let beforeLast = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const same = a[row - 1] === b[column - 1];
			const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			current.push(Math.min(at$2(last, column) + 1, at$2(current, column - 1) + 1, at$2(last, column - 1) + (same ? 0 : 1), swapped ? at$2(beforeLast, column - 2) + 1 : Infinity));
		}
		beforeLast = last;
		last = current;
	}
	return at$2(last, b.length);
}
function at$2(row, column) {
	return row[column] ?? Infinity;
}
// src/formats/yaml-grammar.ts
/** What a message says was found. */
function foundIn(node) {
	if (node.kind === "map") return "keys and values";
	if (node.kind === "list") return "a list";
	return node.value === null ? "nothing" : JSON.stringify(node.value);
}
/** Notes that a node is not what it should be. */
function refuse(reading, { name, node }, expected) {
	const message = `"${name}" is ${foundIn(node)}, expected ${expected}`;
	reading.faults.push({
		line: node.line,
		message
	});
}
/**
* The entries of a node by key, none of them unknown, all that are required there.
*
* @param keys every key that may be there; `true` for those that must
*/
function readMap(reading, placed, keys) {
	const { name, node } = placed;
	if (node.kind !== "map") {
		refuse(reading, placed, `the keys ${quotedList(Object.keys(keys))}`);
		return {};
	}
	const known = {};
	for (const { key, line, value } of node.entries) if (Object.hasOwn(keys, key)) known[key] = {
		name: name === "" ? key : `${name}.${key}`,
		node: value
	};
	else reading.faults.push({
		line,
		message: unknownKey(key, Object.keys(keys), name)
	});
	for (const [key, required] of Object.entries(keys)) if (required && !known[key]) {
		const message = `${name === "" ? "the file" : `"${name}"`} has no "${key}"`;
		reading.faults.push({
			line: node.line,
			message
		});
	}
	return known;
}
function unknownKey(key, keys, parent) {
	const nearest = nearestOf(key, keys);
	const hint = nearest === void 0 ? `expected ${quotedList(keys)}` : `did you mean "${nearest}"?`;
	const where = parent === "" ? "" : ` in "${parent}"`;
	return `unknown key ${JSON.stringify(key)}${where}, ${hint}`;
}
/** The entries of a node whose keys are free. */
function readEntries(reading, placed) {
	if (placed.node.kind === "map") return placed.node.entries;
	refuse(reading, placed, "keys and values");
	return [];
}
/** The items of a node, no more than `most`. */
function readList(reading, placed, most) {
	const { name, node } = placed;
	if (node.kind !== "list") {
		refuse(reading, placed, "a list");
		return [];
	}
	if (node.items.length > most) {
		const message = `"${name}" has ${node.items.length} entries, expected at most ${most}`;
		reading.faults.push({
			line: node.line,
			message
		});
		return [];
	}
	return node.items.map((item, index) => ({
		name: `${name}[${index}]`,
		node: item
	}));
}
/** A text that says something. */
function readText$1(reading, placed, { expected, most }) {
	const { node } = placed;
	if (node.kind !== "scalar" || typeof node.value !== "string" || node.value.trim() === "") return refuse(reading, placed, expected);
	if (node.value.length <= most) return node.value;
	const message = `"${placed.name}" has ${node.value.length} characters, expected at most ${most}`;
	reading.faults.push({
		line: node.line,
		message
	});
}
/** A text of a certain form. */
function readForm(reading, placed, form) {
	const text = readText$1(reading, placed, form);
	if (text === void 0) return void 0;
	return form.pattern.test(text) ? text : refuse(reading, placed, form.expected);
}
/** One of several words. */
function readWord(reading, placed, words) {
	const { node } = placed;
	const text = node.kind === "scalar" && typeof node.value === "string" ? node.value : void 0;
	const found = words.find((word) => word === text);
	if (found !== void 0) return found;
	const nearest = text === void 0 ? void 0 : nearestOf(text, words);
	const hint = nearest === void 0 ? "" : `; did you mean "${nearest}"?`;
	return refuse(reading, placed, `one of ${words.join(", ")}${hint}`);
}
/** On or off. */
function readFlag(reading, placed) {
	const { node } = placed;
	if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
	return refuse(reading, placed, "true or false");
}
function quotedList(words) {
	return words.map((word) => `"${word}"`).join(", ");
}
// src/model/url.ts
/**
* A URL as messages and reports may show it: without credentials, and with nothing of its query, which
* may hold a signature or a token.
*/
function withoutSecrets(url) {
	if (!/[@?#]/.test(url)) return url;
	if (!URL.canParse(url)) return url.replace(/\/\/[^/@]*@/, "//").replace(/[?#].*$/s, "");
	const parsed = new URL(url);
	parsed.username = "";
	parsed.password = "";
	parsed.hash = "";
	const secret = parsed.search !== "";
	parsed.search = "";
	return secret ? `${parsed.href}?…` : parsed.href;
}
// src/model/plain-text.ts
/**
* Everything that a person cannot see, or that moves what they see: control characters with line breaks
* and ANSI escapes, format characters with direction marks and zero-width ones, lone surrogates, private
* use, line and paragraph separators.
*
* @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
*/
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** The same, but a text of several lines keeps them. */
const INVISIBLE_IN_LINES = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** Longest single text that a person is shown, in UTF-16 units. Names of packages and files are far below. */
const MAX_SHOWN = 500;
/**
* Makes text from anywhere safe to be shown on one line: what cannot be seen is written out (`\n`,
* `\x1b`, `\u202e`), and what is too long is cut with `…`.
*/
function plainText(text, maxLength = MAX_SHOWN) {
	return cut(text, maxLength).replace(INVISIBLE, writtenOut);
}
/** Makes text from anywhere safe to be shown on several lines. Tabs become two blanks. */
function plainLines(text, maxLength) {
	return cut(text, maxLength).replaceAll("\r\n", "\n").replaceAll("	", "  ").replace(INVISIBLE_IN_LINES, writtenOut);
}
/** Makes text from anywhere safe to be a line of a log: as {@link plainText}, and never a workflow command. */
function logLine(text, maxLength = MAX_LOG_LINE) {
	return withoutCommands(plainText(text, maxLength));
}
/**
* Keeps the lines of a text from being workflow commands. The runner trims a line before it looks for `::`,
* and finds `##[` anywhere in it.
*
* @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
*/
function withoutCommands(text) {
	return text.replace(/^[^\S\r\n]*::/gm, "\\$&").replaceAll("##[", "##\\[");
}
/** Messages hold several names, and remedies; in UTF-16 units. */
const MAX_LOG_LINE = 4e3;
function cut(text, maxLength) {
	if (text.length <= maxLength) return text;
	return `${text.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
function writtenOut(char) {
	const code = char.codePointAt(0) ?? 0;
	if (char === "\n") return "\\n";
	if (char === "\r") return "\\r";
	if (char === "	") return "\\t";
	if (code < 256) return `\\x${code.toString(16).padStart(2, "0")}`;
	if (code < 65536) return `\\u${code.toString(16).padStart(4, "0")}`;
	return `\\u{${code.toString(16)}}`;
}
// src/host/folder.ts
/** @throws InputError `INPUT_INVALID` when there is no folder at `path`, which is absolute */
function assertFolder(path) {
	const kind = kindOf$1(path);
	if (kind === "folder") return;
	const found = {
		file: "a file",
		nothing: "nothing",
		locked: "a place we may not read"
	}[kind];
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot look at "${plainText(path)}": found ${found}, expected a folder`,
		remedy: kind === "file" ? `Give the folder that "${plainText((0, node_path.basename)(path))}" lies in: "${plainText((0, node_path.dirname)(path))}"` : "Give the folder of a checkout; in a workflow, check it out in a step before this one"
	});
}
function kindOf$1(path) {
	try {
		const stat = (0, node_fs.statSync)(path, { throwIfNoEntry: false });
		if (stat === void 0) return "nothing";
		return stat.isDirectory() ? "folder" : "file";
	} catch {
		return "locked";
	}
}
// src/host/reports.ts
/**
* Keeps the environment, where tokens and passwords are, out of what Node writes about a process that ends badly
* (`--report-on-fatalerror`, `--report-on-signal`): such a file lands in the checkout, and jobs upload what they find
* there. The names of hosts that the process was connected to stay out too.
*
* @see https://nodejs.org/docs/latest-v24.x/api/report.html
*/
function keepSecretsOutOfReports() {
	Object.assign(process.report, {
		excludeEnv: true,
		excludeNetwork: true
	});
}
// src/host/secrets.ts
/** Shorter values are masked nowhere: they would blot out ordinary words. */
const MIN_LENGTH = 4;
/** Shorter parts of a token would blot out ordinary words. */
const MIN_TOKEN_PART = 16;
/** Hides a JSON Web Token. Its parts too: the claims are read, and a message could show one of them. */
function maskToken(token, mask) {
	mask(token);
	for (const part of token.split(".")) if (part.length >= MIN_TOKEN_PART) mask(part);
}
function secretKeeper() {
	let secrets = [];
	return {
		add(secret) {
			secrets = [.../* @__PURE__ */ new Set([...secrets, ...partsOf(secret)])].sort((a, b) => b.length - a.length);
		},
		redact(text) {
			let shown = text;
			for (const secret of secrets) shown = shown.replaceAll(secret, "***");
			return shown;
		}
	};
}
/** A value of several lines is shown line by line, and so masked line by line too. */
function partsOf(secret) {
	const whole = secret.trim();
	return [whole, ...whole.split(/[\r\n]+/).map((line) => line.trim())].filter((part) => part.length >= MIN_LENGTH);
}
// src/host/id-tokens.ts
/** Most bytes of an answer: a token has about two thousand. */
const MAX_BYTES = 65536;
/** Longest time for one attempt, in milliseconds. */
const TOTAL_MS = 3e4;
/** Refusals that asking again does not change. The HTTP client repeats the rest. */
const REFUSALS = [
	400,
	401,
	403,
	404,
	405,
	410,
	422
];
/**
* Asks the runner for tokens that say which workflow this is.
*
* @returns nothing where the job may not ask: it has no `id-token: write`, or is no job of GitHub's
* @see https://docs.github.com/en/actions/reference/security/oidc
*/
function idTokens({ env, http, mask }) {
	const { ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = env;
	if (!address || !secret || !URL.canParse(address)) return {};
	return { idTokens: { async token(audience) {
		mask(secret);
		const url = new URL(address);
		url.searchParams.set("audience", audience);
		return tokenIn(await http.fetch({
			url: url.href,
			authorization: `Bearer ${secret}`,
			headers: { accept: "application/json" },
			maxBytes: MAX_BYTES,
			totalMs: TOTAL_MS,
			answers: REFUSALS,
			patient: true
		}), audience, mask);
	} } };
}
/** Nothing of the body is ever shown: it is the token. */
function tokenIn(answer, audience, mask) {
	const what = `Cannot get a token for "${audience}" from the runner`;
	const url = withoutSecrets(answer.url);
	if (answer.status !== 200) {
		const reason = `status ${answer.status}`;
		throw new require_errors.ServiceError({
			code: "SERVICE_STATUS",
			message: `${what}: its service answered ${reason}`,
			remedy: "Run the job again; should it stay so, look whether its `permissions:` have `id-token: write`",
			url,
			reason
		});
	}
	const value = valueIn(answer.body);
	if (typeof value === "string") maskToken(value, mask);
	if (typeof value === "string" && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)) return value;
	throw new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `${what}: found ${value === void 0 ? "no value" : "another value"} in the answer, expected a JSON Web Token`,
		remedy: "Look at what ACTIONS_ID_TOKEN_REQUEST_URL leads to: it is not the service of a runner",
		url,
		reason: "no token in the answer"
	});
}
function valueIn(body) {
	try {
		const parsed = JSON.parse(new TextDecoder().decode(body));
		return typeof parsed === "object" && parsed !== null && "value" in parsed ? parsed.value : void 0;
	} catch {
		return;
	}
}
// src/model/version.ts
/** Of Assay, as documents and requests name it; a test holds it to package.json. */
const VERSION = "0.1.0";
// src/host/program.ts
/** A program's absolute path. Folders of `PATH` that are relative or inside the checkout are not searched. */
function findProgram({ root, env, os }, name) {
	const path = Object.entries(env).find(([key]) => key.toUpperCase() === "PATH")?.[1] ?? "";
	const file = os === "win32" ? `${name}.exe` : name;
	return path.split(node_path.delimiter).filter((folder) => (0, node_path.isAbsolute)(folder) && !isInside(root, folder)).map((folder) => (0, node_path.join)(folder, file)).find(isProgram);
}
function isProgram(path) {
	try {
		(0, node_fs.accessSync)(path, node_fs.constants.X_OK);
		return (0, node_fs.statSync)(path).isFile();
	} catch {
		return false;
	}
}
function isInside(root, path) {
	const way = (0, node_path.relative)(root, path);
	return way !== ".." && !way.startsWith(`..${node_path.sep}`) && !(0, node_path.isAbsolute)(way);
}
// src/host/credential-helper.ts
/** Longest that a helper may take, in milliseconds: some ask a cloud. */
const TIMEOUT_MS$1 = 6e4;
/** Identity tokens are some kilobytes. */
const MAX_OUTPUT_BYTES$1 = 262144;
/** What is the runner's, ours or for signing, and no business of a helper's. */
const KEPT_BACK = /^(?:INPUT_|ACTIONS_|COSIGN_)/i;
/**
* Asks Docker's credential helpers, programs of this machine that are named `docker-credential-…`. Not through
* `@actions/exec`, which leaves the error of the pipe to nobody: a helper that ends before it reads would end the run.
*
* @see Host.credentialHelper
* @see https://github.com/docker/docker-credential-helpers
*/
function credentialHelpers(machine) {
	return async (name, serverUrl) => {
		if (!/^[a-z0-9_-]+$/i.test(name)) return failure$1("it has a name that no helper has");
		const program = findProgram(machine, `docker-credential-${name}`);
		if (program === void 0) return failure$1(`docker-credential-${name} is not on the PATH`);
		try {
			return await askProgram(program, serverUrl, environmentOf$1(machine.env));
		} catch (error) {
			return failure$1(require_errors.messageOf(error));
		}
	};
}
async function askProgram(program, input, env) {
	const { execFile } = await import("node:child_process");
	const options = {
		env,
		timeout: TIMEOUT_MS$1,
		maxBuffer: MAX_OUTPUT_BYTES$1,
		windowsHide: true
	};
	return new Promise((resolve) => {
		const helper = execFile(program, ["get"], options, (error, stdout) => {
			if (error === null) resolve({
				exitCode: 0,
				stdout
			});
			else if (typeof error.code === "number") resolve({
				exitCode: error.code,
				stdout
			});
			else if (error.killed === true) resolve(failure$1("it took too long or wrote too much"));
			else resolve(failure$1(error.code ?? "it was ended"));
		});
		helper.stdin?.on("error", () => {});
		helper.stdin?.end(input);
	});
}
function environmentOf$1(env) {
	const passed = Object.entries(env).flatMap(([name, value]) => value === void 0 || KEPT_BACK.test(name) ? [] : [[name, value]]);
	return Object.fromEntries(passed);
}
function failure$1(reason) {
	return {
		exitCode: -1,
		stdout: "",
		reason
	};
}
// src/host/documents.ts
/** Pieces are gathered up to this many UTF-16 units before they go to the disk. */
const BATCH_UNITS = 262144;
/** A file name on every platform: one segment, no device, nothing hidden. */
const FILE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;
/**
* Writes a document into a folder piece by piece: a reader of the folder sees the old file or the whole
* new one, and an existing link of that name is replaced, not followed.
*
* @param folder made when it is not there
* @returns the absolute path
* @throws InputError `INPUT_INVALID` when the folder cannot be written to
*/
function writeDocument(folder, name, chunks) {
	if (!FILE_NAME.test(name)) throw new Error(`"${name}" is no file name`);
	const path = (0, node_path.join)((0, node_path.resolve)(folder), name);
	const temporary = (0, node_path.join)((0, node_path.resolve)(folder), `.${name}.${(0, node_crypto.randomUUID)()}.tmp`);
	try {
		makeFolder(folder);
		writeBatches(temporary, chunks);
		(0, node_fs.renameSync)(temporary, path);
		return path;
	} catch (cause) {
		removeQuietly(temporary);
		throw isDiskError(cause) ? unwritable(folder, name, cause) : cause;
	}
}
/**
* Reads a document of a folder as it lies on the disk.
*
* @returns nothing when there is none; a link is none
* @throws ParseError `FILE_TOO_LARGE` above `maxBytes`
*/
function readDocument(folder, name, maxBytes) {
	if (!FILE_NAME.test(name)) return void 0;
	const file = opened((0, node_path.join)((0, node_path.resolve)(folder), name));
	if (file === void 0) return void 0;
	try {
		const stat = (0, node_fs.fstatSync)(file);
		if (!stat.isFile()) return void 0;
		if (stat.size <= maxBytes) return (0, node_fs.readFileSync)(file, "utf8");
		throw new require_errors.ParseError({
			code: "FILE_TOO_LARGE",
			message: `Cannot read "${name}" back: ${stat.size} bytes, expected at most ${maxBytes}`,
			remedy: "Look at what else writes into the output folder"
		});
	} finally {
		(0, node_fs.closeSync)(file);
	}
}
function opened(path) {
	try {
		return (0, node_fs.openSync)(path, node_fs.constants.O_RDONLY | node_fs.constants.O_NONBLOCK | node_fs.constants.O_NOFOLLOW);
	} catch {
		return;
	}
}
/** The folder may lie in the checkout, where a commit can have put a link that leads out of it. */
function makeFolder(folder) {
	(0, node_fs.mkdirSync)(folder, { recursive: true });
	if ((0, node_fs.lstatSync)(folder).isSymbolicLink()) throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot write into "${folder}": it is a symbolic link`,
		remedy: "Give the folder that it leads to, if you trust it, with `--out`"
	});
}
/** In the foreground: nothing else is to be done meanwhile, and the way over threads costs more than the disk. */
function writeBatches(path, chunks) {
	const file = (0, node_fs.openSync)(path, "wx");
	try {
		for (const batch of batchesOf$1(chunks)) (0, node_fs.writeFileSync)(file, batch);
	} finally {
		(0, node_fs.closeSync)(file);
	}
}
function removeQuietly(path) {
	try {
		(0, node_fs.rmSync)(path, { force: true });
	} catch {}
}
/** Joins pieces: one write for each would cost more than all the rest. */
function* batchesOf$1(chunks) {
	let batch = [];
	let units = 0;
	for (const chunk of chunks) {
		batch.push(chunk);
		units += chunk.length;
		if (units >= BATCH_UNITS) {
			yield batch.join("");
			batch = [];
			units = 0;
		}
	}
	yield batch.join("");
}
/** What the disk says has a `code` such as `ENOSPC`; what the pieces' maker throws is not about the folder. */
function isDiskError(error) {
	return Error.isError(error) && "syscall" in error;
}
function unwritable(folder, name, cause) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot write "${name}" into "${folder}": ${require_errors.messageOf(cause)}`,
		remedy: "Free the disk, or give another folder with `--out`",
		cause
	});
}
// src/host/listing.ts
/**
* Lists what lies below a folder of the checkout. A list of folders yet to be seen instead of recursion, so that no
* depth overflows the stack.
*
* @see CheckoutFiles.list
*/
function list$1(root, folder, maxEntries) {
	const entries = [];
	const queue = isPlainFolder(root, folder) ? [folder] : [];
	let partial = false;
	let seen = 0;
	for (let next = queue.pop(); next !== void 0; next = queue.pop()) {
		const found = entriesOf$1((0, node_path.join)(root, next));
		partial ||= found === void 0;
		for (const entry of found ?? []) {
			if (entry.name.toLowerCase() === ".git") continue;
			if (++seen > maxEntries) return {
				entries: entries.sort(byPath),
				partial: true
			};
			const path = next === "" ? entry.name : `${next}/${entry.name}`;
			if (entry.isDirectory()) queue.push(path);
			else entries.push({
				path,
				kind: kindIn(entry)
			});
		}
	}
	return {
		entries: entries.sort(byPath),
		partial
	};
}
/** @see CheckoutFiles.kindOf */
function kindOf(root, path) {
	const parts = path.split("/");
	if (parts.some((part) => part.toLowerCase() === ".git")) return void 0;
	if (!isPlainFolder(root, parts.slice(0, -1).join("/"))) return void 0;
	try {
		const stat = (0, node_fs.lstatSync)((0, node_path.join)(root, path), { throwIfNoEntry: false });
		return stat === void 0 || stat.isDirectory() ? void 0 : kindIn(stat);
	} catch {
		return;
	}
}
/** A folder of the checkout that no link is on the way to. */
function isPlainFolder(root, folder) {
	try {
		const top = (0, node_fs.realpathSync)(root);
		const place = (0, node_path.resolve)(top, folder);
		return (place === top || place.startsWith((0, node_path.join)(top, node_path.sep))) && (0, node_fs.realpathSync)(place) === place && (0, node_fs.lstatSync)(place).isDirectory();
	} catch {
		return false;
	}
}
function entriesOf$1(folder) {
	try {
		return (0, node_fs.readdirSync)(folder, { withFileTypes: true });
	} catch {
		return;
	}
}
function kindIn(entry) {
	if (entry.isSymbolicLink()) return "link";
	return entry.isFile() ? "file" : "other";
}
function byPath(a, b) {
	return a.path < b.path ? -1 : 1;
}
/** Most bytes that git is given at once: what a pipe takes even when git never reads it. */
const MAX_GIT_INPUT_BYTES = 16384;
// src/host/walk.ts
/** Most files and folders that one walk looks at: ten times the largest monorepos. */
const MAX_ENTRIES = 2e6;
/** Most characters of paths that are kept. */
const MAX_PATH_CHARACTERS = 268435456;
/** Deepest folder that is entered. Real trees stay below 30. */
const MAX_DEPTH = 128;
/** After so many folders other work gets its turn. */
const FOLDERS_PER_TURN = 256;
/**
* Lists the files below `root`. A list of folders yet to be seen instead of recursion, so that no depth
* overflows the stack; reading a folder at a time, because that is faster than asking for many at once.
*
* @see CheckoutFiles.walk
*/
async function walk(root, options) {
	const state = {
		paths: [],
		unseen: [],
		unseenCount: 0,
		repositories: [],
		irregular: [],
		entries: 0
	};
	const queue = [{
		path: "",
		depth: 0
	}];
	let folders = 0;
	let characters = 0;
	for (let folder = queue.pop(); folder !== void 0; folder = queue.pop()) {
		if (++folders % FOLDERS_PER_TURN === 0) await (0, node_timers_promises.setImmediate)();
		const kept = state.paths.length;
		for (const found of foldersIn(root, folder, {
			state,
			options
		})) queue.push(found);
		for (let at = kept; at < state.paths.length; at++) characters += state.paths[at]?.length ?? 0;
		const tooMany = state.entries > (options.maxEntries ?? MAX_ENTRIES);
		if (tooMany || characters > MAX_PATH_CHARACTERS) {
			const limit = tooMany ? `${state.entries} entries` : `${characters} characters of paths`;
			for (const { path } of queue.splice(0)) miss(state, path, `the walk ended after ${limit}`);
		}
	}
	const { paths, unseen, unseenCount, repositories, irregular } = state;
	return {
		paths: paths.sort(),
		unseen,
		unseenCount,
		repositories: repositories.sort(),
		irregular
	};
}
/** Notes the files of a folder. @returns the folders in it that are to be walked */
function foldersIn(root, folder, { state, options }) {
	const found = [];
	for (const entry of entriesOf(root, folder, state)) {
		state.entries++;
		const path = folder.path + entry.name;
		if (entry.name.toLowerCase() === ".git") {
			if (folder.path !== "") state.repositories.push(folder.path.slice(0, -1));
		} else if (entry.isDirectory()) {
			if (entry.name === "node_modules" || options.skip(`${path}/`)) continue;
			if (folder.depth < MAX_DEPTH) found.push({
				path: `${path}/`,
				depth: folder.depth + 1
			});
			else miss(state, `${path}/`, `more than ${MAX_DEPTH} folders deep`);
		} else if (!options.skip(path)) note(entry, path, {
			root,
			state,
			options
		});
	}
	return found;
}
function entriesOf(root, { path }, state) {
	try {
		return (0, node_fs.readdirSync)(`${root}/${path}`, { withFileTypes: true });
	} catch (error) {
		miss(state, path, (isNameable(root, path) ? require_errors.messageOf(error).split(",", 1)[0] : void 0) ?? "its name is not UTF-8");
		return [];
	}
}
function note(entry, path, { root, state, options }) {
	if (!(entry.isFile() || entry.isSymbolicLink() && options.isFile(path))) {
		if (state.irregular.length < 1e5) state.irregular.push(path);
	} else if (isNameable(root, path)) state.paths.push(path);
	else miss(state, path, "its name is not UTF-8");
}
/** Node shows bytes that are not UTF-8 as U+FFFD; the name it shows then leads nowhere. */
function isNameable(root, path) {
	return !path.includes("�") || (0, node_fs.lstatSync)((0, node_path.join)(root, path), { throwIfNoEntry: false }) !== void 0;
}
function miss(state, path, reason) {
	state.unseenCount++;
	if (state.unseen.length < 100) state.unseen.push({
		path: path === "" ? "." : path,
		reason
	});
}
// src/host/files.ts
/** How much of a file is read at once, in bytes. */
const READ_BYTES = 1048576;
/** The tree below `root` on this machine's disk. */
function checkoutFiles(root) {
	const isFile = (link) => {
		const place = placeOf$1(root, link);
		return place !== void 0 && (0, node_fs.statSync)(place, { throwIfNoEntry: false })?.isFile() === true;
	};
	return {
		root,
		walk: (skip) => walk(root, {
			skip,
			isFile
		}),
		readText: (path, maxBytes) => readText(root, path, maxBytes),
		sha256: (path) => sha256(root, path),
		readBytes: (path, options) => readBytes(root, path, options),
		chunks: (path, maxBytes) => chunks(root, path, maxBytes),
		list: (folder, maxEntries) => list$1(root, folder, maxEntries),
		kindOf: (path) => kindOf(root, path),
		isPopulated: (folder) => isPopulated(root, folder)
	};
}
function readText(root, path, maxBytes) {
	const file = openInside(root, path);
	if (file === void 0) return void 0;
	try {
		const { size } = (0, node_fs.fstatSync)(file);
		if (size > maxBytes) throw tooLarge(path, `${size}`, maxBytes);
		return (0, node_fs.readFileSync)(file, "utf8");
	} finally {
		(0, node_fs.closeSync)(file);
	}
}
/** @returns a descriptor of a regular file, or nothing when there is none that may be read */
function openInside(root, path) {
	const place = placeOf$1(root, path);
	if (place === void 0) return void 0;
	try {
		const flags = node_fs.constants.O_RDONLY | node_fs.constants.O_NONBLOCK | node_fs.constants.O_NOFOLLOW;
		const file = (0, node_fs.openSync)(place, flags);
		if ((0, node_fs.fstatSync)(file).isFile()) return file;
		(0, node_fs.closeSync)(file);
		return;
	} catch (cause) {
		if (/^(ENOENT|ELOOP|EISDIR|ENXIO)/.test(require_errors.messageOf(cause))) return void 0;
		throw unreadable$3(path, cause);
	}
}
function tooLarge(path, found, maxBytes) {
	return new require_errors.ParseError({
		code: "FILE_TOO_LARGE",
		message: `Cannot read "${path}": ${found} bytes, expected at most ${maxBytes}`,
		remedy: "Leave the file out with an `exclude` pattern if it is no lockfile"
	});
}
function unreadable$3(path, cause) {
	return new require_errors.ParseError({
		code: "FILE_UNREADABLE",
		message: `Cannot read "${path}": ${require_errors.messageOf(cause).split(",", 1)[0] ?? ""}`,
		remedy: "Give the user that runs Assay the right to read it, or leave it out with `exclude`",
		cause
	});
}
/** Where a path really lies; nothing when that is outside, in a `.git` folder, or nowhere. */
function placeOf$1(root, path) {
	try {
		const place = (0, node_fs.realpathSync)((0, node_path.resolve)(root, path));
		const parts = (0, node_path.relative)((0, node_fs.realpathSync)(root), place).split(node_path.sep);
		return parts[0] === ".." || (0, node_path.isAbsolute)(parts.join(node_path.sep)) || parts.some((part) => part.toLowerCase() === ".git") ? void 0 : place;
	} catch {
		return;
	}
}
async function sha256(root, path) {
	const hash = (0, node_crypto.createHash)("sha256");
	try {
		const fd = openInside(root, path);
		if (fd === void 0) return void 0;
		for await (const chunk of (0, node_fs.createReadStream)("", { fd })) hash.update(chunk);
		return hash.digest("hex");
	} catch {
		return;
	}
}
async function readBytes(root, path, { maxBytes, take }) {
	const file = openInside(root, path);
	if (file === void 0) return void 0;
	let bytes = 0;
	for await (const chunk of chunksOf$1(file, {
		path,
		maxBytes
	})) {
		bytes += chunk.length;
		take(chunk);
	}
	return bytes;
}
async function* chunks(root, path, maxBytes) {
	const file = openInside(root, path);
	if (file === void 0) throw unreadable$3(path, "it is no file of the checkout");
	yield* chunksOf$1(file, {
		path,
		maxBytes
	});
}
/** It may grow while it is read: what counts is what comes. */
async function* chunksOf$1(fd, { path, maxBytes }) {
	const stream = (0, node_fs.createReadStream)("", {
		fd,
		highWaterMark: READ_BYTES
	});
	let bytes = 0;
	try {
		for await (const chunk of stream) {
			bytes += chunk.length;
			if (bytes > maxBytes) throw tooLarge(path, `more than ${maxBytes}`, maxBytes);
			yield chunk;
		}
	} catch (error) {
		throw error instanceof require_errors.ParseError ? error : unreadable$3(path, error);
	} finally {
		stream.destroy();
	}
}
function isPopulated(root, folder) {
	const place = placeOf$1(root, folder);
	try {
		return place !== void 0 && (0, node_fs.readdirSync)(place).length > 0;
	} catch {
		return false;
	}
}
/**
* Reads a configuration file of this machine.
*
* @see Host.readMachineText
*/
function readMachineText(path, maxBytes) {
	if (!(0, node_path.isAbsolute)(path)) return void 0;
	const bytes = sizeOf(path);
	if (bytes === void 0) return void 0;
	if (bytes > maxBytes) throw new require_errors.ParseError({
		code: "FILE_TOO_LARGE",
		message: `Cannot read "${path}": ${bytes} bytes, expected at most ${maxBytes}`,
		remedy: "Look at what is in this configuration file of the machine"
	});
	try {
		return (0, node_fs.readFileSync)(path, "utf8");
	} catch {
		return;
	}
}
/** @see Host.machineChunks */
function machineChunks(path) {
	return (0, node_path.isAbsolute)(path) && sizeOf(path) !== void 0 ? machineChunksOf(path) : void 0;
}
async function* machineChunksOf(path) {
	let file;
	try {
		file = (0, node_fs.openSync)(path, node_fs.constants.O_RDONLY);
	} catch (cause) {
		throw unreadable$3(path, cause);
	}
	yield* chunksOf$1(file, {
		path,
		maxBytes: Infinity
	});
}
/** In bytes; nothing when there is no regular file, or no right to look. */
function sizeOf(path) {
	try {
		const stat = (0, node_fs.statSync)(path);
		return stat.isFile() ? stat.size : void 0;
	} catch {
		return;
	}
}
// src/host/git.ts
/**
* Longest that one git command may take, in milliseconds. A pipe in the place of a `.gitignore` makes git wait
* for ever.
*/
const TIMEOUT_MS = 6e4;
/** Most bytes of output that are kept when the caller does not say. */
const MAX_OUTPUT_BYTES = 33554432;
/** Most content filters that a repository may define before we refuse to compare contents. */
const MAX_FILTERS = 50;
/** A `.git` file holds one path. */
const MAX_GITDIR_FILE_BYTES = 8192;
/**
* The commands that are safe with {@link SAFE_CONFIG}: they read, show no patches, check no signatures and
* start no program of their own. Every other one is refused, so that nobody adds one without looking.
*/
const COMMANDS = /* @__PURE__ */ new Set([
	"cat-file",
	"config",
	"ls-files",
	"ls-tree",
	"rev-parse",
	"status",
	"symbolic-ref"
]);
/**
* A repository's own configuration may name programs. Each of these switches one way off; the command
* line wins over every file. The network is closed by `GIT_ALLOW_PROTOCOL`, content filters by
* {@link withoutFilters}.
*
* @see https://git-scm.com/docs/git-config
*/
const SAFE_CONFIG = [
	"core.hooksPath=/dev/null",
	"core.fsmonitor=false",
	"core.untrackedCache=false",
	"core.pager=cat",
	"core.excludesFile=/dev/null",
	"core.attributesFile=/dev/null",
	"credential.helper=",
	"diff.external=",
	"log.showSignature=false",
	"safe.bareRepository=explicit",
	"status.submoduleSummary=false",
	"submodule.recurse=false"
].flatMap((setting) => ["-c", setting]);
/** What git and the system need of the environment, in upper case. The rest holds secrets, or steers git. */
const PASSED_ON = /* @__PURE__ */ new Set([
	"PATH",
	"HOME",
	"XDG_CONFIG_HOME",
	"USERPROFILE",
	"HOMEDRIVE",
	"HOMEPATH",
	"PROGRAMDATA",
	"SYSTEMROOT",
	"WINDIR",
	"TEMP",
	"TMP",
	"TMPDIR"
]);
/**
* Runs git on the repository that `root` lies in, in a way that lets no configuration, hook or attribute of
* that repository start a program.
*
* @see Host.git
*/
function gitRunner(machine) {
	let known;
	return async (args, options = {}) => {
		const [command = ""] = args;
		if (!COMMANDS.has(command)) throw new Error(`git ${command} is not on the list of safe commands`);
		known ??= {
			program: findProgram(machine, "git"),
			...findRepository(machine.root)
		};
		const { program, repository } = known;
		if (program === void 0) return failure("git is not on the PATH");
		if (repository === void 0) return failure("no git repository");
		const run = (...all) => spawnGit(program, all, {
			...options,
			machine,
			repository
		});
		if (command !== "status") return run(...args);
		const disabled = await withoutFilters(run);
		return typeof disabled === "string" ? failure(disabled) : run(...disabled, ...args);
	};
}
/**
* Options that switch off every content filter which any configuration defines. `status` compares contents
* whenever time stamps are no proof, and sends them through these programs first.
*
* @returns why it cannot be done, as a string
*/
async function withoutFilters(run) {
	const { exitCode, stdout } = await run("config", "-z", "--name-only", "--get-regexp", "^filter\\.");
	if (exitCode > 1 || exitCode < 0) return "its configuration cannot be read";
	const names = new Set(stdout.split("\0").map((key) => key.slice(0, key.lastIndexOf("."))));
	names.delete("");
	if (names.size > MAX_FILTERS) return `it defines ${names.size} content filters`;
	if ([...names].some((name) => name.includes("="))) return "a content filter has \"=\" in its name";
	return [...names].flatMap((name) => [
		"clean=",
		"smudge=",
		"process=",
		"required=false"
	].flatMap((value) => ["-c", `${name}.${value}`]));
}
async function spawnGit(program, args, { machine, repository, input, maxBytes = MAX_OUTPUT_BYTES, encoding = "utf8" }) {
	const stdout = collector(maxBytes);
	const stderr = collector(65536);
	const child = namedChild();
	try {
		const { exec } = await Promise.resolve().then(() => require("./chunk-exec.js"));
		const ended = exec(program, [
			"--no-pager",
			...child.options,
			...SAFE_CONFIG,
			...args
		], {
			cwd: machine.root,
			env: environmentOf(machine, repository),
			silent: true,
			ignoreReturnCode: true,
			listeners: {
				stdout: stdout.add,
				stderr: stderr.add
			},
			...input !== void 0 && { input: Buffer.from(input) }
		});
		const timeoutMs = machine.timeoutMs ?? TIMEOUT_MS;
		const exitCode = await within(timeoutMs, ended);
		if (exitCode === void 0) {
			child.kill();
			return failure(`git did not end within ${timeoutMs / 1e3} seconds`);
		}
		if (stdout.full()) return failure(`git wrote more than ${maxBytes} bytes`);
		return {
			exitCode,
			stdout: stdout.text(encoding),
			stderr: stderr.text("utf8")
		};
	} catch (error) {
		return failure(require_errors.messageOf(error));
	} finally {
		child.release();
	}
}
/** `@actions/exec` does not hand out the process that it starts; Node tells of every one. */
function namedChild() {
	const name = `assay.call=${(0, node_crypto.randomUUID)()}`;
	const started = [];
	const note = (message) => {
		started.push(message.process);
	};
	(0, node_diagnostics_channel.subscribe)("child_process", note);
	return {
		options: ["-c", name],
		kill: () => started.find(({ spawnargs }) => spawnargs.includes(name))?.kill("SIGKILL"),
		release: () => (0, node_diagnostics_channel.unsubscribe)("child_process", note)
	};
}
/** @returns nothing when it takes longer, -1 for a process that was killed and has no code */
async function within(ms, ended) {
	let timer;
	const late = new Promise((resolve) => {
		timer = setTimeout(resolve, ms, void 0);
	});
	try {
		const exitCode = await Promise.race([ended, late]);
		return exitCode === null ? -1 : exitCode;
	} finally {
		clearTimeout(timer);
	}
}
function environmentOf({ env }, { gitDir, workTree }) {
	const passed = Object.entries(env).flatMap(([name, value]) => value !== void 0 && PASSED_ON.has(name.toUpperCase()) ? [[name, value]] : []);
	return {
		...Object.fromEntries(passed),
		GIT_DIR: gitDir,
		GIT_WORK_TREE: workTree,
		GIT_ALLOW_PROTOCOL: ":",
		GIT_NO_LAZY_FETCH: "1",
		GIT_NO_REPLACE_OBJECTS: "1",
		GIT_ATTR_NOSYSTEM: "1",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_TERMINAL_PROMPT: "0",
		LC_ALL: "C"
	};
}
/** Looks upwards, as git does, but above `root` only at what belongs to us or to the owner of `root`. */
function findRepository(root) {
	const owners = [ownerOf(root), process.getuid?.()];
	for (let workTree = root;; workTree = (0, node_path.dirname)(workTree)) {
		const gitDir = (0, node_path.join)(workTree, ".git");
		if ((workTree === root || owners.includes(ownerOf(gitDir))) && isGitDir(gitDir)) return { repository: {
			gitDir,
			workTree
		} };
		if (workTree === (0, node_path.dirname)(workTree)) return {};
	}
}
function isGitDir(path) {
	try {
		const stat = (0, node_fs.statSync)(path);
		return stat.isFile() ? stat.size < MAX_GITDIR_FILE_BYTES && (0, node_fs.readFileSync)(path, "utf8").startsWith("gitdir: ") : (0, node_fs.existsSync)((0, node_path.join)(path, "HEAD")) && (0, node_fs.existsSync)((0, node_path.join)(path, "objects"));
	} catch {
		return false;
	}
}
function ownerOf(path) {
	return (0, node_fs.statSync)(path, { throwIfNoEntry: false })?.uid;
}
function failure(stderr) {
	return {
		exitCode: -1,
		stdout: "",
		stderr
	};
}
/** Keeps the first `maxBytes` bytes and remembers that there were more. */
function collector(maxBytes) {
	const chunks = [];
	let bytes = 0;
	return {
		add(chunk) {
			bytes += chunk.length;
			if (bytes <= maxBytes) chunks.push(chunk);
		},
		full: () => bytes > maxBytes,
		text: (encoding) => Buffer.concat(chunks).toString(encoding)
	};
}
// src/host/http/proxy.ts
/** First version of Node whose `Agent` knows proxies. */
const MIN_NODE = [24, 5];
/**
* The machine's proxy settings in the form Node takes them: lower-case names win, as with curl; `ALL_PROXY`
* stands for both; `NO_PROXY` means the same as to other tools (a domain with all below it, CIDR ranges).
*
* @returns nothing when no proxy is set
* @throws InputError `INPUT_INVALID` when a proxy is set that cannot be used: it is never silently passed by
*/
function proxyEnvOf(env, nodeVersion) {
	const all = settingOf(env, "ALL_PROXY");
	const https = settingOf(env, "HTTPS_PROXY") ?? all;
	const http = settingOf(env, "HTTP_PROXY") ?? all;
	if (https === void 0 && http === void 0) return void 0;
	assertNode(nodeVersion);
	const bypass = settingOf(env, "NO_PROXY");
	return {
		...https !== void 0 && { HTTPS_PROXY: proxyUrlOf(https) },
		...http !== void 0 && { HTTP_PROXY: proxyUrlOf(http) },
		...bypass !== void 0 && { NO_PROXY: bypassListOf(bypass) }
	};
}
function settingOf(env, name) {
	const value = (env[name.toLowerCase()] ?? env[name] ?? "").trim();
	return value === "" ? void 0 : value;
}
function assertNode(version) {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	if (major > MIN_NODE[0] || major === MIN_NODE[0] && minor >= MIN_NODE[1]) return;
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the proxy that the environment names: Node is ${version}, expected ${MIN_NODE.join(".")} or newer`,
		remedy: "Update Node, or unset `HTTPS_PROXY` and `HTTP_PROXY` where no proxy is needed"
	});
}
/** `proxy.example:3128` means HTTP, as with curl. Node would pass by what it does not know. */
function proxyUrlOf(setting) {
	const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(setting) ? setting : `http://${setting}`;
	if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use the proxy "${withoutSecrets(url)}": expected an http or https URL`,
		remedy: "Set `HTTPS_PROXY` and `HTTP_PROXY` to a URL such as `http://proxy.example:3128`"
	});
}
function bypassListOf(list) {
	return list.split(/[\s,]+/).filter((entry) => entry !== "").flatMap(bypassesOf).join(",");
}
/** Node takes a bare domain as one host and knows no CIDR ranges. */
function bypassesOf(entry) {
	const range = rangeOf(entry);
	if (range !== void 0) return [range];
	if (/^(?:\*$|[\d.]+$|\[|[\d.]+-)/.test(entry) || entry.includes("::")) return [entry];
	const domain = entry.replace(/^\*?\./, "");
	return domain.includes(":") ? [domain] : [domain, `.${domain}`];
}
/** `10.0.0.0/8` as Node's `10.0.0.0-10.255.255.255`. */
function rangeOf(entry) {
	const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(entry);
	if (!match) return void 0;
	const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
	if (Math.max(a, b, c, d) > 255 || bits > 32) return void 0;
	const size = 2 ** (32 - bits);
	const address = ((a * 256 + b) * 256 + c) * 256 + d;
	const first = address - address % size;
	return `${addressOf(first)}-${addressOf(first + size - 1)}`;
}
function addressOf(value) {
	return [
		24,
		16,
		8,
		0
	].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
// src/host/http/timing.ts
const realTiming = {
	now: () => performance.now(),
	random: () => Math.random(),
	sleep: (ms, signal) => new Promise((resolve) => {
		if (signal?.aborted === true) {
			resolve();
			return;
		}
		const done = () => {
			clearTimeout(timer);
			signal?.removeEventListener("abort", done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		signal?.addEventListener("abort", done, { once: true });
	})
};
// src/host/http.ts
/**
* The HTTP client of both hosts, on Node's own `http` and `https` with kept connections.
*
* Certificates are checked against what Node trusts, `NODE_EXTRA_CA_CERTS` included (`SSL_CERT_FILE` counts
* only with Node's `--use-openssl-ca`); `NODE_TLS_REJECT_UNAUTHORIZED=0` changes nothing. There are no cookies.
* Where a redirect may lead: see {@link followed}. An origin that stops answering is not asked again.
*
* @throws InputError `INPUT_INVALID` when the environment names a proxy that cannot be used
*/
function httpClient(options) {
	const { env, version, concurrency, perHost = concurrency, offline = false, signal } = options;
	if (offline) return { fetch: refuseOffline };
	const proxyEnv = proxyEnvOf(env, process.versions.node);
	let opened;
	const open = async () => {
		const { openTransport } = await Promise.resolve().then(() => require("./chunk-transport.js"));
		return openTransport({
			limits: {
				overall: concurrency,
				perOrigin: perHost
			},
			userAgent: `assay/${version}`,
			timing: options.timing ?? realTiming,
			...proxyEnv && { proxyEnv },
			...signal && { signal }
		});
	};
	return { async fetch(request) {
		opened ??= open();
		return (await opened)(request);
	} };
}
function refuseOffline({ url }) {
	return Promise.reject(new require_errors.CancelledError({
		code: "OFFLINE",
		message: `Cannot fetch "${withoutSecrets(url)}": the run is offline`,
		remedy: "Run without `--offline` to look"
	}));
}
// src/host/machine.ts
/** @throws InputError `INPUT_INVALID` when the environment names a proxy that cannot be used */
function machine({ settings, env, signal }) {
	const { path: root, out, offline, concurrency } = settings;
	return {
		env,
		platform: thisPlatform(),
		files: checkoutFiles(root),
		readMachineText,
		machineChunks,
		http: httpClient({
			env,
			version: VERSION,
			concurrency,
			offline,
			signal
		}),
		now: () => /* @__PURE__ */ new Date(),
		git: gitRunner({
			root,
			env,
			os: process.platform
		}),
		credentialHelper: credentialHelpers({
			root,
			env,
			os: process.platform
		}),
		write: async (name, chunks) => writeDocument(out, name, chunks),
		readBack: (name, maxBytes) => readDocument(out, name, maxBytes)
	};
}
function thisPlatform() {
	const { platform: os, arch: cpu } = process;
	if (os !== "linux") return {
		os,
		cpu
	};
	let libc;
	return {
		os,
		cpu,
		get libc() {
			libc ??= thisLibc();
			return libc;
		}
	};
}
/** Node says which glibc it runs on; without one it is musl. */
function thisLibc() {
	Object.assign(process.report, { excludeNetwork: true });
	const { header } = process.report.getReport();
	return header?.["glibcVersionRuntime"] === void 0 ? "musl" : "glibc";
}
// src/host/progress.ts
/** Nothing is shown of what takes less, in milliseconds. */
const DELAY_MS = 2e3;
/** Time between two lines where lines cannot be redrawn, in milliseconds. */
const LINE_EVERY_MS = 5e3;
/** Time between two drawings of a bar, in milliseconds. */
const DRAW_EVERY_MS = 100;
const BAR_WIDTH$2 = 24;
/** Progress that begins to be shown after two seconds as lines, at once as a bar, and ends with nothing left over. */
function progressOn(display, title, total) {
	const startedAt = display.now();
	const everyMs = display.kind === "bar" ? DRAW_EVERY_MS : LINE_EVERY_MS;
	let nextAt = startedAt + (display.kind === "bar" ? 0 : DELAY_MS);
	let done = 0;
	const tick = () => {
		const now = display.now();
		if (now < nextAt) return;
		nextAt = now + everyMs;
		display.show({
			title,
			done,
			total,
			elapsedMs: now - startedAt
		});
	};
	const timer = setInterval(tick, Math.min(everyMs, 1e3));
	timer.unref();
	return {
		advance(count = 1) {
			done += count;
			tick();
		},
		done() {
			clearInterval(timer);
			display.clear();
		}
	};
}
/** `Verify locked digests: 120 of 412 (29 %), 5 s` */
function renderProgressLine({ title, done, total, elapsedMs }) {
	return `${title}: ${total > 0 ? `${done} of ${total} (${percent(done, total)} %)` : String(done)}, ${Math.round(elapsedMs / 1e3)} s`;
}
/** The same as a bar of at most `width` columns. */
function renderProgressBar(state, width) {
	const { title, done, total, elapsedMs } = state;
	const filled = total > 0 ? Math.round(Math.min(done, total) / total * BAR_WIDTH$2) : 0;
	return `${title}  ${total > 0 ? `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH$2 - filled)} ` : ""}${total > 0 ? `${done}/${total}` : String(done)}  ${Math.round(elapsedMs / 1e3)} s`.slice(0, Math.max(width - 1, 0));
}
function percent(done, total) {
	return Math.floor(Math.min(done, total) / total * 100);
}
// src/host/signals.ts
/** Exit status of a process that a signal ended, as shells give it. */
const STATUS = {
	SIGINT: 130,
	SIGTERM: 143
};
/**
* Ends a run when the user or the runner asks for it: the first SIGINT or SIGTERM aborts, so that what is
* known can still be written; a second one ends the process at once. An error that nobody caught would be
* printed by Node as it is, hostile text included: `listener` prints it instead.
*/
function endOnSignals(listener) {
	const controller = new AbortController();
	const asked = (name) => {
		if (controller.signal.aborted) process.exit(STATUS[name]);
		listener.asked(name);
		controller.abort();
	};
	const crashed = (error) => {
		listener.crashed(error);
		process.exit(1);
	};
	process.on("uncaughtException", crashed);
	process.on("SIGINT", asked);
	process.on("SIGTERM", asked);
	return {
		signal: controller.signal,
		release() {
			process.off("uncaughtException", crashed);
			process.off("SIGINT", asked);
			process.off("SIGTERM", asked);
		}
	};
}
// src/model/policy.ts
/** Where the policy file is looked for when nobody says otherwise. */
const DEFAULT_POLICY_PATH = ".github/assay.yml";
/** Without a policy file: only what is proven wrong fails a run; the verdict says what was not looked at. */
const DEFAULT_POLICY = {
	failOn: "high",
	outcomes: {
		contradicted: "critical",
		absent: "ignore",
		unavailable: "ignore"
	},
	rules: {},
	waivers: [],
	exclude: [],
	publishers: [],
	vendor: {
		allowLegacy: false,
		keys: []
	}
};
// src/model/settings.ts
/** How much of the locked bytes `integrity` reads. */
const INTEGRITY_MODES = [
	"auto",
	"changed",
	"platform",
	"all"
];
/** `check`: what is in a checkout, and sign what is shipped. `verify`: is what somebody shipped what it says? */
const MODES = ["check", "verify"];
/** With what is signed. `auto`: a key where one is given, else keyless where the job may ask for a token. */
const SIGN_MODES = [
	"auto",
	"keyless",
	"key",
	"off"
];
/** What is said about every subject, besides the signature of an image or file itself. */
const STATEMENTS = [
	"spdx",
	"cyclonedx",
	"provenance",
	"provenance-v0.2",
	"verdict"
];
/**
* Where signatures go.
*
* - `referrer`: Sigstore bundles beside the image, as cosign 3 reads them
* - `legacy`: the tags `.sig` and `.att`, as cosign 2 reads them
* - `github`: GitHub's attestations API
* - `file`: `*.sigstore.json` among the documents
*/
const SIGNATURE_FORMS = [
	"referrer",
	"legacy",
	"github",
	"file"
];
/** Which log keyless signatures are entered in; `none` leaves a timestamp as the only proof of time. */
const REKOR_VERSIONS = [
	"auto",
	"1",
	"2",
	"none"
];
/** What of the settings must never be shown. */
function secretsOf({ githubToken, registryPassword, sign }) {
	const { key, keyPassword, minisignKey, minisignPassword } = sign;
	return [
		githubToken,
		registryPassword,
		key,
		keyPassword,
		minisignKey,
		minisignPassword
	].filter((secret) => secret !== void 0);
}
// src/setting.ts
/** Any text. */
function text(name, details) {
	return {
		name,
		...details,
		parse: (given) => given
	};
}
/** An address of the web, or nothing. */
function webAddress(name, details) {
	return {
		name,
		...details,
		parse(given, place) {
			const url = URL.canParse(given) ? new URL(given) : void 0;
			const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password;
			if (given === "" || isPlain && url.search === "" && url.hash === "") return given;
			throw new require_errors.InputError({
				code: "INPUT_INVALID",
				message: `Cannot use ${place}: found "${withoutSecrets(plainText(given))}", expected an http or https address without credentials and query`,
				remedy: "Give the address alone; credentials belong into the machine's .npmrc"
			});
		}
	};
}
/** A name that the artifact service takes. @see https://github.com/actions/toolkit/tree/main/packages/artifact */
function artifactName(name, details) {
	return {
		name,
		...details,
		parse(given, place) {
			if (given.length <= 200 && !/[":<>|*?\r\n\\/]/.test(given)) return given;
			throw new require_errors.InputError({
				code: "INPUT_INVALID",
				message: `Cannot use ${place}: found "${plainText(given)}", expected at most 200 characters, and none of " : < > | * ? \\ / or line breaks`,
				remedy: "Replace these characters, such as \"/\" in the name of a branch, with \"-\""
			});
		}
	};
}
/** One of some words. */
function choice(name, choices, details) {
	const { synonyms = {} } = details;
	return {
		name,
		...details,
		choices,
		parse: (given, place) => chosen(Object.hasOwn(synonyms, given) ? synonyms[given] ?? "" : given, choices, place)
	};
}
/** `true` or `false`. */
function bool(name, details) {
	const choices = ["true", "false"];
	return {
		name,
		...details,
		parse: (given, place) => chosen(/^(True|TRUE|False|FALSE)$/.test(given) ? given.toLowerCase() : given, choices, place) === "true"
	};
}
/** One item a line; of choices also several on a line, with commas or blanks between. */
function list(name, details) {
	const { choices } = details;
	return {
		name,
		...details,
		parse(given, place) {
			const items = given.split(choices ? /[\s,]+/ : /[\r\n]+/).map((item) => item.trim());
			const unique = [...new Set(items.filter((item) => item !== ""))];
			return choices ? unique.map((item) => chosen(item, choices, place)) : unique;
		}
	};
}
/** A whole number, both ends of its range included. */
function integer(name, [least, most], details) {
	return {
		name,
		...details,
		parse(given, place) {
			const number = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
			if (number >= least && number <= most) return number;
			throw new require_errors.InputError({
				code: "INPUT_INVALID",
				message: `Cannot use ${place}: found "${plainText(given)}", expected a whole number from ${least} to ${most}`,
				remedy: `Leave it out for the default, ${details.default}`
			});
		}
	};
}
/** @throws InputError `INPUT_INVALID` that lists the choices and names the nearest */
function chosen(given, choices, place) {
	const found = choices.find((candidate) => candidate === given);
	if (found !== void 0) return found;
	const nearest = nearestOf(given, choices);
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use ${place}: found "${plainText(given)}", expected one of ${choices.map((one) => `"${one}"`).join(", ")}`,
		remedy: nearest === void 0 ? "Use one of these" : `Did you mean "${nearest}"?`
	});
}
// src/sign-settings.ts
const GROUP$1 = "What is signed";
const SIGN = choice("sign", SIGN_MODES, {
	on: "both",
	group: GROUP$1,
	value: "<with>",
	default: "auto",
	help: "With what images and files are signed: `keyless` with the identity of this workflow, which needs `id-token: write`; `key` with `signing-key`; `auto` with the key where one is given, else keyless where the job may; `off` not at all."
});
const SIGN_ON = choice("sign-on", ["pass", "always"], {
	on: "both",
	group: GROUP$1,
	value: "<verdict>",
	default: "pass",
	help: "Sign only when the verdict passes, or `always`."
});
const SUBJECT_PATH = list("subject-path", {
	on: "both",
	group: GROUP$1,
	value: "<glob>",
	repeatable: true,
	default: "",
	help: "Files of the checkout to sign, one pattern a line from its root, such as `dist/*`; `**` for any folders, `!` in front leaves out.",
	flagHelp: "Files of the checkout to sign, such as dist/*."
});
const SUBJECT_CHECKSUMS = text("subject-checksums", {
	on: "both",
	group: GROUP$1,
	value: "<file>",
	default: "",
	help: "File of the checkout with the digests of files to attest, as `sha256sum` writes it."
});
const ATTEST = list("attest", {
	on: "both",
	group: GROUP$1,
	value: "<statement>",
	repeatable: true,
	default: "spdx, cyclonedx, provenance, verdict",
	choices: STATEMENTS,
	help: "What is stated about every image and file, besides its signature."
});
const SIGNATURE_FORM = list("signature-forms", {
	flag: "signature-form",
	on: "both",
	group: GROUP$1,
	value: "<form>",
	repeatable: true,
	default: "referrer, file",
	choices: SIGNATURE_FORMS,
	help: "Where signatures go: `referrer` beside the image in its registry, `legacy` into the tags that cosign 2 reads, `github` to GitHub's attestations API (needs `attestations: write`), `file` as `*.sigstore.json` among the documents."
});
const PROMOTE_TO = list("promote-to", {
	on: "both",
	group: GROUP$1,
	value: "<reference>",
	repeatable: true,
	default: "",
	help: "Where a signed image is copied to with all its signatures before the tag is set, one `registry/repository:tag` a line; with several images `image=registry/repository:tag`.",
	flagHelp: "Where a signed image is copied to with all its signatures, then tagged."
});
const PUBLISH_PRIVATE_NAMES = bool("publish-private-names", {
	on: "both",
	group: GROUP$1,
	default: "false",
	help: "Let the name of a private repository, its workflow and its commit enter a public log."
});
const SIGNING_KEY = text("signing-key", {
	on: "runner",
	group: GROUP$1,
	value: "<pem>",
	default: "",
	help: "Private key to sign with: of `cosign generate-key-pair`, or PKCS #8. Default: the variable `COSIGN_PRIVATE_KEY`."
});
const SIGNING_KEY_PASSWORD = text("signing-key-password", {
	on: "runner",
	group: GROUP$1,
	value: "<password>",
	default: "",
	help: "Password of that key. Default: the variable `COSIGN_PASSWORD`."
});
const MINISIGN_KEY = text("minisign-key", {
	on: "runner",
	group: GROUP$1,
	value: "<text>",
	default: "",
	help: "Secret key of minisign; every file gets a `.minisig` with it too."
});
const MINISIGN_KEY_PASSWORD = text("minisign-key-password", {
	on: "runner",
	group: GROUP$1,
	value: "<password>",
	default: "",
	help: "Password of that key."
});
const SIGSTORE = "Which Sigstore";
const REKOR_VERSION = choice("rekor-version", REKOR_VERSIONS, {
	on: "both",
	group: SIGSTORE,
	value: "<version>",
	default: "auto",
	help: "Version of the log that signatures enter; `none` leaves a timestamp alone. `auto` is what the instance's signing configuration says."
});
const TRUSTED_ROOT = text("trusted-root", {
	on: "both",
	group: SIGSTORE,
	value: "<file>",
	default: "",
	help: "File of the checkout with the trusted root of a private deployment. Default: the public-good instance's."
});
const SIGNING_CONFIG = text("signing-config", {
	on: "both",
	group: SIGSTORE,
	value: "<file>",
	default: "",
	help: "File of the checkout with the signing configuration of a private deployment."
});
const TUF_URL = webAddress("tuf-url", {
	on: "both",
	group: SIGSTORE,
	value: "<address>",
	default: "",
	help: "TUF repository of a private deployment that has both; needs `tuf-root`."
});
const TUF_ROOT = text("tuf-root", {
	on: "both",
	group: SIGSTORE,
	value: "<file>",
	default: "",
	help: "File of the checkout with the root metadata of that repository."
});
const OIDC_ISSUER = webAddress("oidc-issuer", {
	on: "runner",
	group: SIGSTORE,
	value: "<address>",
	default: "https://token.actions.githubusercontent.com",
	help: "Who issues this runner's tokens; another one on GitHub Enterprise."
});
const SIGNING_PATIENCE = integer("signing-patience", [0, 3600], {
	on: "both",
	group: SIGSTORE,
	value: "<seconds>",
	default: "300",
	help: "How many seconds outages of the services that sign are waited for, over the whole run."
});
/** Everything about signing. */
const SIGN_SETTINGS = [
	SIGN,
	SIGN_ON,
	SUBJECT_PATH,
	SUBJECT_CHECKSUMS,
	ATTEST,
	SIGNATURE_FORM,
	PROMOTE_TO,
	PUBLISH_PRIVATE_NAMES,
	SIGNING_KEY,
	SIGNING_KEY_PASSWORD,
	MINISIGN_KEY,
	MINISIGN_KEY_PASSWORD
];
/** Everything about the instance of Sigstore. */
const SIGSTORE_SETTINGS = [
	REKOR_VERSION,
	TRUSTED_ROOT,
	SIGNING_CONFIG,
	TUF_URL,
	TUF_ROOT,
	OIDC_ISSUER,
	SIGNING_PATIENCE
];
/** What was said about signing. */
function signSettingsOf(read, env) {
	const key = read(SIGNING_KEY) || env.key;
	const password = read(SIGNING_KEY_PASSWORD) || env.keyPassword;
	return {
		mode: read(SIGN),
		on: read(SIGN_ON),
		subjectPaths: read(SUBJECT_PATH),
		...given("subjectChecksums", read(SUBJECT_CHECKSUMS)),
		statements: read(ATTEST),
		forms: read(SIGNATURE_FORM),
		promoteTo: read(PROMOTE_TO),
		publishPrivateNames: read(PUBLISH_PRIVATE_NAMES),
		...given("key", key),
		...given("keyPassword", password),
		...given("minisignKey", read(MINISIGN_KEY)),
		...given("minisignPassword", read(MINISIGN_KEY_PASSWORD))
	};
}
/** What was said about Sigstore. */
function sigstoreSettingsOf(read) {
	return {
		rekor: read(REKOR_VERSION),
		...given("trustedRoot", read(TRUSTED_ROOT)),
		...given("signingConfig", read(SIGNING_CONFIG)),
		...given("tufUrl", read(TUF_URL)),
		...given("tufRoot", read(TUF_ROOT)),
		oidcIssuer: read(OIDC_ISSUER),
		patienceSeconds: read(SIGNING_PATIENCE)
	};
}
/** Absent when it is empty. */
function given(name, value) {
	return value === void 0 || value === "" ? {} : { [name]: value };
}
// src/services/git/output.ts
/**
* Parses the output of `git cat-file --batch`, read as `latin1`.
*
* @returns one entry per line of input, in order; nothing for an object that is missing
* @see https://git-scm.com/docs/git-cat-file#_batch_output
*/
function parseBatch(output) {
	const objects = [];
	for (let at = 0; at < output.length;) {
		const end = output.indexOf("\n", at);
		if (end < 0) break;
		const match = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(output.slice(at, end));
		const [, oid = "", type = "", size = ""] = match ?? [];
		objects.push(match ? {
			oid,
			type,
			bytes: output.slice(end + 1, end + 1 + Number(size))
		} : void 0);
		at = match ? end + Number(size) + 2 : end + 1;
	}
	return objects;
}
/** A text that was read byte by byte. */
function textOfBytes(bytes) {
	return Buffer.from(bytes, "latin1").toString("utf8");
}
/** Parses `mode type oid<tab>path` and `mode oid stage<tab>path`. */
function parseEntries(output) {
	return output.split("\0").flatMap((line) => {
		const tab = line.indexOf("	");
		const words = line.slice(0, Math.max(tab, 0)).split(" ");
		const oid = words.find((word) => /^[0-9a-f]{40,64}$/.test(word));
		return oid === void 0 ? [] : [{
			mode: words[0] ?? "",
			oid,
			path: line.slice(tab + 1)
		}];
	});
}
/** Parses `git config -z --list`. Keys may occur several times; the last one counts for most. */
function parseConfig(output) {
	return output.split("\0").flatMap((entry) => {
		const end = entry.indexOf("\n");
		if (entry === "") return [];
		return [end < 0 ? [entry, "true"] : [entry.slice(0, end), entry.slice(end + 1)]];
	});
}
function parseStatus(output) {
	return output.split("\0").filter((line) => line.length > 3).map((line) => ({
		code: line.slice(0, 2),
		path: line.slice(3)
	}));
}
// src/services/git/changes.ts
/** Most changed files that are compared with what a content filter made of them. */
const MAX_COMPARED = 500;
/** A Git LFS pointer is at most this long, in bytes. */
const MAX_POINTER_BYTES = 1024;
/** Paths asked for at once: the longest stay within what git may be given. */
const MAX_BATCH_BYTES = 12288;
/** Asks what differs from the commit: modified, added, deleted, untracked. */
function readStatus({ git }) {
	return git([
		"status",
		"--porcelain=v1",
		"-z",
		"--untracked-files=normal",
		"--no-renames",
		"--ignore-submodules=dirty",
		"--",
		"."
	]);
}
/**
* Makes of a status what really differs.
*
* @param place `folder`: where the checkout lies in its repository, or empty; `out`: a folder, relative to
*   the checkout, whose presence is no change
*/
async function changesIn({ exitCode, stdout, stderr }, host, { folder, out }) {
	if (exitCode !== 0) return { unknown: stderr.trim() || `git status ended with ${exitCode}` };
	const prefix = folder === "" ? "" : `${folder}/`;
	const entries = parseStatus(stdout).filter(({ path }) => path.startsWith(prefix)).filter(({ path }) => out === void 0 || !isWithin(path.slice(prefix.length), out));
	const unchanged = await unchangedPointers(host, {
		entries,
		prefix
	});
	const paths = entries.map(({ path }) => path.slice(prefix.length)).filter((path) => !unchanged.has(path)).sort();
	return {
		paths: paths.slice(0, 100),
		count: paths.length
	};
}
function isWithin(path, folder) {
	return path === `${folder}/` || path.startsWith(`${folder}/`);
}
/**
* Files that Git LFS put in the place of their pointers. git compares them through a filter that is switched
* off here, so that they look changed; their pointer holds the digest to compare instead.
*
* @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
*/
async function unchangedPointers(host, { entries, prefix }) {
	const paths = entries.filter(({ code, path }) => code === " M" && !path.includes("\n")).map(({ path }) => path.slice(prefix.length)).slice(0, MAX_COMPARED);
	const unchanged = /* @__PURE__ */ new Set();
	for (const batch of batchesOf(paths)) {
		const pointers = await pointersOf(host, batch, prefix);
		for (const [path, digest] of pointers) if (await host.files.sha256(path) === digest) unchanged.add(path);
	}
	return unchanged;
}
function* batchesOf(paths) {
	let batch = [];
	let bytes = 0;
	for (const path of paths) {
		const size = Buffer.byteLength(path) + 256;
		if (bytes + size > MAX_BATCH_BYTES && batch.length > 0) {
			yield batch;
			batch = [];
			bytes = 0;
		}
		batch.push(path);
		bytes += size;
	}
	if (batch.length > 0) yield batch;
}
/** SHA-256 of the content by path, for what is a pointer in the index. */
async function pointersOf(host, paths, prefix) {
	const sizes = await host.git(["cat-file", "--batch-check"], { input: paths.map((path) => `:${prefix}${path}\n`).join("") });
	const small = new Map(sizes.stdout.split("\n").flatMap((line, at) => {
		const [, oid, size] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(line) ?? [];
		const path = paths[at];
		return oid !== void 0 && path !== void 0 && Number(size) <= MAX_POINTER_BYTES ? [[path, oid]] : [];
	}));
	if (small.size === 0) return /* @__PURE__ */ new Map();
	const objects = parseBatch((await host.git(["cat-file", "--batch"], {
		input: [...small.values()].map((oid) => `${oid}\n`).join(""),
		encoding: "latin1"
	})).stdout);
	return new Map([...small.keys()].flatMap((path, at) => {
		const digest = digestOfPointer(objects[at]?.bytes ?? "");
		return digest === void 0 ? [] : [[path, digest]];
	}));
}
function digestOfPointer(text) {
	if (!text.startsWith("version https://git-lfs.github.com/spec/v1\n")) return void 0;
	return /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
}
// src/services/git/remote.ts
/** Longest address that is looked at. */
const MAX_LENGTH$2 = 2048;
const SCHEMES = /* @__PURE__ */ new Set([
	"http:",
	"https:",
	"ssh:",
	"git:"
]);
/**
* A remote's address as documents may show it: without credentials.
*
* @returns nothing when it is a path of this machine, or no address at all
*/
function publicRemote(remote) {
	if (remote.length > MAX_LENGTH$2) return void 0;
	const short = /^(?:([\w.-]+)@)?([\w.-]+\.[\w-]+|localhost):(?!\/)([^\s]+)$/.exec(remote);
	const address = short ? `ssh://${short[1] ?? "git"}@${short[2] ?? ""}/${short[3] ?? ""}` : remote;
	if (!URL.canParse(address)) return void 0;
	const url = new URL(address);
	if (!SCHEMES.has(url.protocol) || url.hostname === "") return void 0;
	url.password = "";
	url.search = "";
	url.hash = "";
	if (url.protocol !== "ssh:") url.username = "";
	return url.href;
}
/** `owner/name` of a remote's address: its path without `.git`. */
function slugOf(remote) {
	const { pathname } = new URL(remote);
	return pathname.replace(/^\/+/, "").replace(/\/+$/, "").replace(/\.git$/, "");
}
// src/services/git/base.ts
/** Objects asked for at once: a line is an id of at most 64 characters. */
const BATCH = Math.floor(MAX_GIT_INPUT_BYTES / 65);
/** Most bytes of a list of files: a monorepo of a million. */
const MAX_LIST_BYTES = 134217728;
/** So many paths are looked up without the list of all. */
const FEW = 10;
/** Reads files of a commit that the checkout's repository has. */
function gitBaseFiles({ git }, { commit, folder }) {
	const base = {
		git,
		commit,
		folder
	};
	let listing;
	const all = () => listing ??= listFiles(base, ["-r"], []);
	return {
		commit,
		async list() {
			return {
				paths: (await all()).map(({ path }) => path).sort(),
				truncated: false
			};
		},
		async readTexts(paths, maxBytes) {
			const wanted = new Set(paths);
			const files = (await (listing === void 0 && paths.length <= FEW ? listFiles(base, [], paths) : all())).filter(({ path }) => wanted.has(path));
			return readBlobs(base, files, maxBytes);
		}
	};
}
async function listFiles(base, options, paths) {
	const { git, commit, folder } = base;
	const tree = folder === "" ? commit : `${commit}:${folder}`;
	const listed = await git([
		"ls-tree",
		...options,
		"-z",
		"--full-tree",
		tree,
		"--",
		...paths
	], { maxBytes: MAX_LIST_BYTES });
	if (folder !== "" && listed.stderr.includes("Not a valid object name")) return [];
	return parseEntries(succeeded(base, listed)).filter(({ mode }) => mode.startsWith("100"));
}
async function readBlobs(base, files, maxBytes) {
	const texts = /* @__PURE__ */ new Map();
	let left = maxBytes;
	for (let at = 0; at < files.length; at += BATCH) {
		const batch = files.slice(at, at + BATCH);
		const input = batch.map(({ oid }) => `${oid}\n`).join("");
		const output = succeeded(base, await base.git(["cat-file", "--batch"], {
			input,
			encoding: "latin1",
			maxBytes: left
		}));
		left -= output.length;
		const objects = parseBatch(output);
		for (const [index, { path }] of batch.entries()) {
			const object = objects[index];
			if (!object) throw unreadable$2(base, `it has not the bytes of "${path}"`);
			texts.set(path, textOfBytes(object.bytes));
		}
	}
	return texts;
}
function succeeded(base, { exitCode, stdout, stderr }) {
	if (exitCode === 0) return stdout;
	throw unreadable$2(base, stderr.trim());
}
function unreadable$2({ commit }, why) {
	return new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read the files of base commit ${commit} with git: ${why}`,
		remedy: "Fetch the base commit whole: `fetch-depth: 0` and no `filter` in the checkout step"
	});
}
// src/services/git.ts
/** Most bytes of a commit object with its message, and of `.gitmodules`. */
const MAX_OBJECT_BYTES = 4194304;
/**
* Asks git about the checkout.
*
* @param question `base`: a commit that may be there; `out`: a folder in the checkout that Assay itself
*   writes, and that is no change therefore
* @returns nothing without git or without a repository
*/
async function readGitFacts(host, { base, out }) {
	const [place, objects, config, head, status] = await Promise.all([
		host.git([
			"rev-parse",
			"--is-shallow-repository",
			"--show-prefix"
		]),
		readObjects(host, [
			"HEAD^{commit}",
			"HEAD:.gitmodules",
			...base ? [`${base}^{commit}`] : []
		]),
		host.git([
			"config",
			"-z",
			"--list"
		]),
		host.git([
			"symbolic-ref",
			"-q",
			"HEAD"
		]),
		readStatus(host)
	]);
	if (place.exitCode !== 0) return void 0;
	const [commit, modules, baseCommit] = objects;
	const [shallow = "", ...prefix] = place.stdout.replace(/\n$/, "").split("\n");
	const folder = prefix.join("\n").replace(/\/$/, "");
	const settings = parseConfig(config.stdout);
	const repository = repositoryOf(settings);
	const ref = head.exitCode === 0 ? head.stdout.trim() : "";
	return {
		...commit?.type === "commit" && {
			commit: commit.oid,
			...committedAt(commit.bytes)
		},
		...ref !== "" && { ref },
		...repository !== void 0 && { repository },
		...folder !== "" && { folder },
		shallow: shallow === "true",
		sparse: settings.findLast(([key]) => key === "core.sparsecheckout")?.[1] === "true",
		changes: await changesIn(status, host, {
			folder,
			out
		}),
		submodules: modules ? await submodulesOf$1(host) : [],
		hasBase: baseCommit?.type === "commit" && baseCommit.oid === base
	};
}
async function readObjects(host, names) {
	const { exitCode, stdout } = await host.git(["cat-file", "--batch"], {
		input: `${names.join("\n")}\n`.slice(0, MAX_GIT_INPUT_BYTES),
		maxBytes: MAX_OBJECT_BYTES,
		encoding: "latin1"
	});
	return exitCode === 0 ? parseBatch(stdout) : [];
}
/** The committer's time: the author's may be years older, and is what a rebase keeps. */
function committedAt(commit) {
	const header = commit.slice(0, commit.indexOf("\n\n"));
	const seconds = /^committer .*> (\d{1,11}) [+-]\d{4}$/m.exec(textOfBytes(header))?.[1];
	if (seconds === void 0) return {};
	return { committedAt: (/* @__PURE__ */ new Date(Number(seconds) * 1e3)).toISOString().replace(".000Z", "Z") };
}
function repositoryOf(settings) {
	const remotes = new Map(settings.filter(([key]) => /^remote\..*\.url$/s.test(key)).toReversed());
	const only = remotes.size === 1 ? [...remotes.values()][0] : void 0;
	const remote = remotes.get("remote.origin.url") ?? only;
	return remote === void 0 ? void 0 : publicRemote(remote);
}
async function submodulesOf$1(host) {
	const { exitCode, stdout } = await host.git([
		"ls-files",
		"-s",
		"-z"
	]);
	if (exitCode !== 0) return [];
	return parseEntries(stdout).filter(({ mode }) => mode === "160000").map(({ path, oid }) => ({
		path,
		commit: oid,
		missing: !host.files.isPopulated(path)
	}));
}
// src/services/github/answers.ts
/** @throws ServiceError `SERVICE_RESPONSE_INVALID` when the body is no JSON */
function jsonOf(answer) {
	try {
		return JSON.parse(Buffer.from(answer.body).toString("utf8"));
	} catch (cause) {
		throw new require_errors.ServiceError({
			code: "SERVICE_RESPONSE_INVALID",
			message: `Cannot read the answer of ${answer.url}: found no JSON`,
			remedy: "Check that `GITHUB_API_URL` is the address of a REST API of GitHub",
			url: answer.url,
			reason: "an answer without JSON",
			cause
		});
	}
}
function stringAt(value, key) {
	const found = at$1(value, key);
	return typeof found === "string" ? found : void 0;
}
/**
* Regular files of a recursive tree.
*
* @returns truncated, too, when the answer is no tree: nothing is known of what is not listed
* @see https://docs.github.com/en/rest/git/trees#get-a-tree
*/
function treeOf(value) {
	const tree = at$1(value, "tree");
	if (!Array.isArray(tree)) return {
		files: [],
		truncated: true
	};
	return {
		files: tree.flatMap((entry) => {
			const path = stringAt(entry, "path");
			const oid = stringAt(entry, "sha") ?? "";
			const regular = stringAt(entry, "mode")?.startsWith("100") === true;
			return path !== void 0 && regular && /^[0-9a-f]{40}$/.test(oid) ? [{
				path,
				oid
			}] : [];
		}),
		truncated: at$1(value, "truncated") !== false
	};
}
function at$1(value, key) {
	return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? value[key] : void 0;
}
// src/services/github/event.ts
/** GitHub cuts the payload of an event at 25 MB. */
const MAX_EVENT_BYTES = 33554432;
/** Events whose payload names the base. */
const NAMES_BASE = /^(?:pull_request(?:_target|_review|_review_comment)?|merge_group)$/;
/**
* Reads what the workflow's event proposes a change against. Events that run with the rights of the default
* branch for somebody else's change (`workflow_run`, `issue_comment`) do not name its base; the workflow's own
* commit stands for it then, so that the policy is never that of the change.
*
* @returns nothing when the event proposes no change; why it is unknown, as a string, when it does and
*   does not say against what
* @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
*/
function readEventBase(host) {
	const name = host.env["GITHUB_EVENT_NAME"] ?? "";
	const named = NAMES_BASE.test(name);
	if (!named && name !== "workflow_run" && name !== "issue_comment") return void 0;
	const path = host.env["GITHUB_EVENT_PATH"] ?? "";
	let event;
	try {
		event = JSON.parse(host.readMachineText(path, MAX_EVENT_BYTES) ?? "");
	} catch (error) {
		return `the payload of the event ${name} cannot be read: ${require_errors.messageOf(error)}`;
	}
	if (!named && !isOnChange(event)) return void 0;
	const change = at(event, name === "merge_group" ? "merge_group" : "pull_request");
	const base = at(change, "base");
	const commit = named ? at(base, "sha") ?? at(change, "base_sha") : host.env["GITHUB_SHA"];
	if (typeof commit !== "string" || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return `the payload of the event ${name} names no base commit`;
	const ref = refOf$2(named ? at(base, "ref") ?? at(change, "base_ref") : host.env["GITHUB_REF"]);
	return {
		commit,
		...ref !== void 0 && { ref },
		repositories: repositoriesOf(event, change)
	};
}
/** A workflow that a pull request set off, or a comment on a pull request. */
function isOnChange(event) {
	const origin = at(at(event, "workflow_run"), "event");
	const commented = at(at(event, "issue"), "pull_request");
	return typeof origin === "string" && NAMES_BASE.test(origin) || typeof commented === "object" && commented !== null;
}
function repositoriesOf(event, change) {
	const slugs = [
		at(event, "repository"),
		at(at(change, "base"), "repo"),
		at(at(change, "head"), "repo"),
		at(at(event, "workflow_run"), "head_repository")
	].map((repository) => at(repository, "full_name")).filter((slug) => typeof slug === "string").map((slug) => slug.toLowerCase());
	return [...new Set(slugs)];
}
function refOf$2(ref) {
	if (typeof ref !== "string" || ref === "") return void 0;
	return ref.startsWith("refs/") ? ref : `refs/heads/${ref}`;
}
function at(value, key) {
	return typeof value === "object" && value !== null && Object.hasOwn(value, key) ? value[key] : void 0;
}
/**
* Who may see the repository that the workflow runs in, as its event says it.
*
* @returns `public`, `private` or `internal`; nothing outside of a workflow, or when the event does not say
*/
function readEventVisibility(host) {
	const path = host.env["GITHUB_EVENT_PATH"] ?? "";
	try {
		const repository = at(JSON.parse(host.readMachineText(path, MAX_EVENT_BYTES) ?? ""), "repository");
		const visibility = at(repository, "visibility");
		if (typeof visibility === "string") return visibility;
		const isPrivate = at(repository, "private");
		return typeof isPrivate === "boolean" ? isPrivate ? "private" : "public" : void 0;
	} catch {
		return;
	}
}
// src/services/github.ts
/** Most bytes of a list of files: GitHub cuts it at 7 MB. */
const MAX_TREE_BYTES = 33554432;
/** Most bytes of a single file's description, with its content in base64 up to 1 MB. */
const MAX_CONTENTS_BYTES = 4194304;
/** Most files that are read through the API: each is a request. */
const MAX_FILES = 500;
/** Requests in flight at once. */
const PARALLEL = 8;
/**
* The repository that the workflow runs for.
*
* @returns nothing outside of a workflow
*/
function workflowRepository(env, token) {
	const api = env["GITHUB_API_URL"]?.replace(/\/$/, "");
	const slug = env["GITHUB_REPOSITORY"] ?? "";
	if (api === void 0 || !URL.canParse(api) || !/^[\w.-]+\/[\w.-]+$/.test(slug)) return void 0;
	return {
		api,
		slug,
		...token !== void 0 && mayCarryToken(api) && { token }
	};
}
/** In the clear only to this machine itself. */
function mayCarryToken(api) {
	const { protocol, hostname } = new URL(api);
	return protocol === "https:" || [
		"localhost",
		"127.0.0.1",
		"[::1]"
	].includes(hostname);
}
/**
* Whether the repository has a commit. A repository that we may not see has none.
*
* @throws ServiceError when it could not be asked
* @see https://docs.github.com/en/rest/git/commits#get-a-commit-object
*/
async function hasCommit({ http }, repository, commit) {
	const answer = await ask(http, repository, {
		path: `git/commits/${commit}`,
		maxBytes: 1048576
	});
	return answer.status === 200 && stringAt(jsonOf(answer), "sha") === commit;
}
function ask(http, { api, slug, token }, { path, maxBytes, raw }) {
	return http.fetch({
		url: `${api}/repos/${slug}/${path}`,
		headers: {
			accept: `application/vnd.github.${raw ? "raw+json" : "json"}`,
			"x-github-api-version": "2022-11-28"
		},
		...token !== void 0 && { authorization: `Bearer ${token}` },
		maxBytes,
		compressed: true
	});
}
/** Reads files of a commit through the REST API. Every blob is checked against its id. */
function githubBaseFiles({ http }, repository, question) {
	const base = {
		...question,
		ask: (asked) => ask(http, repository, asked)
	};
	let tree;
	return {
		commit: base.commit,
		async list() {
			const { files, truncated } = await (tree ??= fetchTree(base));
			return {
				paths: [...files.keys()].sort(),
				truncated
			};
		},
		async readTexts(paths, maxBytes) {
			if (paths.length > MAX_FILES) throw tooMuch(base, `${paths.length} files, one by one`);
			const listed = await tree;
			const texts = /* @__PURE__ */ new Map();
			let left = maxBytes;
			for (let start = 0; start < paths.length; start += PARALLEL) {
				const most = left;
				const batch = paths.slice(start, start + PARALLEL).map(async (path) => {
					const oid = listed?.files.get(path) ?? await fetchEntry(base, path, listed);
					if (oid === void 0) return;
					const text = await fetchText(base, {
						path,
						oid
					}, most);
					texts.set(path, text);
					left -= Buffer.byteLength(text);
				});
				await Promise.all(batch);
				if (left < 0) throw tooMuch(base, `more than ${maxBytes} bytes`);
			}
			return texts;
		}
	};
}
async function fetchTree({ ask: askFor, commit, folder }) {
	const { files, truncated } = treeOf(jsonOf(await askFor({
		path: `git/trees/${commit}?recursive=1`,
		maxBytes: MAX_TREE_BYTES
	})));
	const prefix = folder === "" ? "" : `${folder}/`;
	const below = files.filter((file) => file.path.startsWith(prefix));
	return {
		files: new Map(below.map(({ path: whole, oid }) => [whole.slice(prefix.length), oid])),
		truncated
	};
}
/** A file that no list has: because there is no such file, no list, or the list is cut. @returns its blob's id */
async function fetchEntry({ ask: askFor, commit, folder }, path, listed) {
	const segments = [...folder === "" ? [] : folder.split("/"), ...path.split("/")];
	if (listed?.truncated === false || segments.some((part) => /^\.{0,2}$/.test(part))) return void 0;
	const answer = await askFor({
		path: `contents/${segments.map(encodeURIComponent).join("/")}?ref=${commit}`,
		maxBytes: MAX_CONTENTS_BYTES
	});
	if (answer.status !== 200) return void 0;
	const found = jsonOf(answer);
	const oid = stringAt(found, "sha") ?? "";
	return stringAt(found, "type") === "file" && /^[0-9a-f]{40}$/.test(oid) ? oid : void 0;
}
async function fetchText({ ask: askFor, commit, local }, { path, oid }, maxBytes) {
	const known = local(path);
	if (known !== void 0 && blobId(Buffer.from(known)) === oid) return known;
	const answer = await askFor({
		path: `git/blobs/${oid}`,
		maxBytes,
		raw: true
	});
	if (blobId(answer.body) === oid) return Buffer.from(answer.body).toString("utf8");
	throw new require_errors.ServiceError({
		code: "SERVICE_RESPONSE_INVALID",
		message: `Cannot read "${path}" of base commit ${commit}: ${answer.url} answered with status ${answer.status} and other bytes than ${oid}`,
		remedy: "Run again; if it stays, fetch the base commit with `fetch-depth: 0` in the checkout step",
		url: answer.url,
		reason: "other bytes than asked for"
	});
}
function tooMuch({ commit }, found) {
	return new require_errors.ServiceError({
		code: "SERVICE_LIMIT_EXCEEDED",
		message: `Cannot read the files of base commit ${commit} through the API: ${found}`,
		remedy: "Fetch the base commit with `fetch-depth: 0` in the checkout step"
	});
}
/** @see https://git-scm.com/book/en/v2/Git-Internals-Git-Objects */
function blobId(bytes) {
	return (0, node_crypto.createHash)("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
// src/stages/checkout/section.ts
/** Most changed paths and missing submodules that are named. */
const MAX_NAMED$2 = 20;
/** What a person wants to know of the checkout before anything else. */
function sectionOf$7(checkout, { git, unrelated }) {
	const { name, folder, repository, commit, ref, committedAt, base } = checkout;
	const items = [
		["Checkout of", name],
		["Repository", repository],
		["Folder in it", folder],
		["Commit", commit],
		["Ref", ref],
		["Committed", committedAt],
		["Compared with", base && [base.commit, base.ref].filter(Boolean).join(" of ")]
	].flatMap(([title, value]) => value === void 0 ? [] : [[`${title}: `, { code: value }]]);
	const notes = [
		...git ? [] : ["No git, or no repository: commit and changes are unknown."],
		...unrelated ? ["This is not the repository of the pull request: there is no base to compare with."] : [],
		...base?.source === "api" ? ["The base was read through GitHub's API."] : [],
		...checkout.shallow ? ["The clone is shallow."] : []
	];
	return {
		title: "Checkout",
		blocks: [
			{
				kind: "list",
				items: [...items, ...notes]
			},
			...changesOf(checkout),
			...submodulesOf(checkout)
		]
	};
}
function changesOf({ dirty, dirtyCount, commit }) {
	if (dirtyCount === 0 || commit === void 0) return [];
	return [named(`${dirtyCount} ${dirtyCount === 1 ? "path differs" : "paths differ"} from the commit`, dirty, dirtyCount)];
}
function submodulesOf({ submodules }) {
	const missing = submodules.filter((submodule) => submodule.missing).map(({ path }) => path);
	if (missing.length === 0) return [];
	return [named(`${missing.length} of ${submodules.length} submodules not checked out`, missing, missing.length)];
}
function named(summary, paths, count) {
	const items = paths.slice(0, MAX_NAMED$2).map((path) => ({ code: path }));
	if (count > items.length) items.push(`and ${count - items.length} more`);
	return {
		kind: "details",
		summary,
		blocks: [{
			kind: "list",
			items
		}]
	};
}
// src/stages/stage.ts
/** Lets the compiler infer a stage's output and inputs. */
function defineStage(stage) {
	return stage;
}
// src/stages/checkout.ts
const BASE_UNAVAILABLE = {
	id: "checkout/base-unavailable",
	title: "The base of the pull request cannot be read",
	severity: "medium",
	why: "What the pull request changes cannot be told from what was there before, and the policy of the base branch is not known.",
	remedy: "Give the job `permissions: contents: read` and Assay its `github-token`, or check out with `fetch-depth: 0`."
};
const MISSING_SUBMODULE = {
	id: "checkout/missing-submodule",
	title: "A submodule is not checked out",
	severity: "low",
	why: "Lockfiles in it were not seen, so that what they lock is neither listed nor checked.",
	remedy: "Check out with `submodules: true`."
};
const SPARSE = {
	id: "checkout/sparse",
	title: "Only a part of the tree is checked out",
	severity: "low",
	why: "Lockfiles in the other part were not seen, so that what they lock is neither listed nor checked.",
	remedy: "Check out without `sparse-checkout`, or add every folder that has a lockfile."
};
const CHANGES_UNKNOWN = {
	id: "checkout/changes-unknown",
	title: "Nobody knows whether files differ from the commit",
	severity: "low",
	why: "The documents name a commit that the inventory may not be of.",
	remedy: "Look at what `git status` says in the checkout."
};
/** Finds out what is being looked at: repository, commit, changes, base. */
const checkout = defineStage({
	id: "checkout",
	title: "Identify the checkout",
	needs: {},
	rules: [
		BASE_UNAVAILABLE,
		MISSING_SUBMODULE,
		SPARSE,
		CHANGES_UNKNOWN
	],
	essential: true,
	async run(context) {
		const { host, settings } = context;
		const event = readEventBase(host);
		if (typeof event === "string") throw unknownBase(event);
		const out = (0, node_path.relative)(host.files.root, settings.out).replaceAll("\\", "/");
		const facts = await readGitFacts(host, {
			base: event?.commit,
			...out !== "" && !out.startsWith("..") && { out }
		});
		const repository = facts?.repository ?? workflowUrl(context);
		const unrelated = event !== void 0 && !isOf(event, repository);
		const own = unrelated || event?.commit === facts?.commit ? void 0 : event;
		const base = own && await findBase(context, own, facts);
		const output = checkoutOf(context, {
			facts,
			repository,
			base: base?.base
		});
		return {
			output,
			findings: [...settings.mode === "verify" ? [] : findingsOf$2(output), ...base?.finding ? [base.finding] : []],
			section: sectionOf$7(output, {
				git: facts !== void 0,
				unrelated
			}),
			stats: {
				changed: output.dirtyCount,
				submodules: output.submodules.length
			}
		};
	}
});
function unknownBase(why) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot tell what this pull request is compared with: ${why}`,
		remedy: "Run where `GITHUB_EVENT_PATH` is the payload of the event that `GITHUB_EVENT_NAME` names"
	});
}
function checkoutOf(context, { facts, repository, base }) {
	const { host } = context;
	const changes = facts?.changes;
	const ref = refOf$1(context, facts);
	const whole = repository === void 0 ? (0, node_path.basename)(host.files.root) : slugOf(repository);
	return {
		name: repository !== void 0 && facts?.folder !== void 0 ? `${whole}/${facts.folder}` : whole,
		...facts?.folder !== void 0 && { folder: facts.folder },
		...repository !== void 0 && { repository },
		...facts?.commit !== void 0 && { commit: facts.commit },
		...ref !== void 0 && { ref },
		...facts?.committedAt !== void 0 && { committedAt: facts.committedAt },
		dirty: changes && "paths" in changes ? changes.paths : [],
		dirtyCount: changes && "paths" in changes ? changes.count : 0,
		...changes && "unknown" in changes && { dirtyUnknown: changes.unknown },
		submodules: facts?.submodules ?? [],
		shallow: facts?.shallow ?? false,
		sparse: facts?.sparse ?? false,
		...base && { base }
	};
}
/**
* The workflow's ref, where the checkout is of the workflow's commit: a detached head has no name of its own.
* The workflow may check out other repositories and refs beside it.
*/
function refOf$1({ host }, facts) {
	const { GITHUB_REF: ref, GITHUB_SHA: commit } = host.env;
	return (facts?.commit === void 0 ? isWorkspace(host) : facts.commit === commit) && ref !== void 0 && ref !== "" ? ref : facts?.ref;
}
/** Without git, `actions/checkout` unpacks an archive of the workflow's own repository into the workspace. */
function workflowUrl({ host }) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: slug } = host.env;
	if (!isWorkspace(host) || server === void 0 || slug === void 0) return void 0;
	return URL.canParse(slug, `${server}/`) ? new URL(slug, `${server}/`).href : void 0;
}
function isWorkspace({ env, files }) {
	const workspace = env["GITHUB_WORKSPACE"] ?? "";
	return workspace !== "" && (0, node_path.relative)(workspace, files.root) === "";
}
/** A checkout of a third repository, beside that of the pull request, has nothing to do with its base. */
function isOf({ repositories }, repository) {
	return repository === void 0 || repositories.includes(slugOf(repository).toLowerCase());
}
async function findBase(context, { commit, ref }, facts) {
	const base = {
		commit,
		...ref !== void 0 && { ref }
	};
	if (facts?.hasBase === true) return { base: {
		...base,
		source: "git"
	} };
	const why = await whyNotThroughApi(context, commit);
	if (why === void 0) return { base: {
		...base,
		source: "api"
	} };
	const message = `Base commit ${commit} cannot be read: the checkout is ${facts?.shallow === true ? "a shallow clone without it" : "no clone that has it"}, and ${why}`;
	return {
		base,
		finding: require_finding.findingOf(BASE_UNAVAILABLE, {
			subject: commit,
			message
		})
	};
}
async function whyNotThroughApi({ host, settings }, commit) {
	if (settings.offline) return "the run uses no network";
	const repository = workflowRepository(host.env, settings.githubToken);
	if (!repository) return "the environment names no REST API of GitHub";
	try {
		return await hasCommit(host, repository, commit) ? void 0 : `GitHub shows no such commit in "${repository.slug}"`;
	} catch (error) {
		return require_errors.messageOf(error);
	}
}
function findingsOf$2({ submodules, sparse, dirtyUnknown }) {
	const missing = submodules.filter((submodule) => submodule.missing).map(({ path, commit }) => require_finding.findingOf(MISSING_SUBMODULE, {
		subject: path,
		message: `Submodule "${path}" (commit ${commit}) is not checked out`,
		locations: [{ path: ".gitmodules" }]
	}));
	const part = sparse ? [require_finding.findingOf(SPARSE, {
		subject: ".",
		message: "The checkout is sparse"
	})] : [];
	const unknown = dirtyUnknown === void 0 ? [] : [require_finding.findingOf(CHANGES_UNKNOWN, {
		subject: ".",
		message: `Changes cannot be told: ${dirtyUnknown}`
	})];
	return [
		...missing,
		...part,
		...unknown
	];
}
// src/model/report.ts
/** {@link StageReport.reason} of a stage that the user left out: no news to them. */
const NOT_ASKED_FOR = "not asked for";
// src/stages/files/rules.ts
var rules_exports$7 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({ CHECKSUM_MISMATCH: () => CHECKSUM_MISMATCH });
const CHECKSUM_MISMATCH = {
	id: "files/checksum-mismatch",
	title: "A file has other bytes than the list of checksums says",
	severity: "critical",
	why: "The list was made of other bytes: the file was built again, or exchanged. Whoever signs it would vouch for what nobody meant to ship.",
	remedy: "Find out which step changed the file after the list was made. Make the list anew only when that was meant to be. Nothing is signed about the file."
};
// src/stages/files.ts
/** Finds the files that are to be signed, and what their bytes are. */
const files = defineStage({
	id: "files",
	title: "Find the files to sign",
	needs: {},
	rules: Object.values(rules_exports$7),
	skipReason: ({ settings: { sign } }) => sign.subjectPaths.length === 0 && sign.subjectChecksums === void 0 ? NOT_ASKED_FOR : void 0,
	idle: [],
	async run(context) {
		const { findFiles } = await Promise.resolve().then(() => require("./chunk-find.js"));
		return findFiles(context);
	}
});
// src/stages/images/rules.ts
var rules_exports$6 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	CONTRADICTED: () => CONTRADICTED$2,
	NOT_FOUND: () => NOT_FOUND$1,
	TAG_NOT_PINNED: () => TAG_NOT_PINNED,
	UNAVAILABLE: () => UNAVAILABLE$3
});
const CONTRADICTED$2 = {
	id: "images/contradicted",
	title: "A registry serves other bytes than the digest of an image names",
	severity: "critical",
	why: "A digest names bytes. Whoever takes these without looking runs something else than was asked for.",
	remedy: "Do not run, sign or promote the image. Read it again from another network; should it stay so, report it to whoever runs the registry."
};
const NOT_FOUND$1 = {
	id: "images/not-found",
	title: "The registry does not have an image",
	severity: "high",
	why: "Nothing is known of an image that the run was asked to look at. Registries also hide from strangers what is private.",
	remedy: "Check the name, tag and digest, that the image was pushed before this step, and that this job is logged in (`docker/login-action`, or `registry-username` and `registry-password`)."
};
const UNAVAILABLE$3 = {
	id: "images/unavailable",
	title: "An image could not be looked at",
	severity: "medium",
	why: "Nothing is known of an image that the run was asked to look at. This is neither a pass nor a failure.",
	remedy: "Remove what is in the way, as the message says, and run again."
};
const TAG_NOT_PINNED = {
	id: "images/tag-not-pinned",
	title: "An image is named by a tag alone",
	severity: "info",
	why: "Anybody who may push can move a tag, between this step and the next one too. What the run says is about the digest that the tag had.",
	remedy: "Hand over the digest of what was built: `name@${{ steps.<build>.outputs.digest }}` with docker/build-push-action."
};
// src/stages/images.ts
/** Resolves the images that the run was asked to look at: to their digests, and to those of every platform. */
const images = defineStage({
	id: "images",
	title: "Resolve images",
	needs: {},
	rules: Object.values(rules_exports$6),
	skipReason: ({ settings }) => settings.images.length === 0 ? NOT_ASKED_FOR : void 0,
	idle: [],
	async run(context) {
		const { lookAtImages } = await Promise.resolve().then(() => require("./chunk-look.js"));
		return lookAtImages(context);
	}
});
// src/stages/integrity/byte-budget.ts
/** Bounds the bytes that are held at once: whoever wants to hold some waits until there is room, in order. */
var ByteBudget = class {
	#total;
	#waiting = [];
	#free;
	constructor(total) {
		this.#total = total;
		this.#free = total;
	}
	/** @param bytes more than there is in total counts as all of it */
	acquire(bytes) {
		return new Promise((resolve) => {
			this.#waiting.push({
				bytes: Math.min(bytes, this.#total),
				admit: resolve
			});
			this.#admit();
		});
	}
	#admit() {
		for (;;) {
			const first = this.#waiting[0];
			if (first === void 0 || first.bytes > this.#free) return;
			this.#waiting.shift();
			this.#free -= first.bytes;
			first.admit(this.#leaseOf(first.bytes));
		}
	}
	#leaseOf(bytes) {
		let held = bytes;
		return { release: () => {
			this.#free += held;
			held = 0;
			this.#admit();
		} };
	}
};
// src/stages/integrity/byte-reader.ts
/** Most bytes of files that are held whole at once: those whose digest is over what is inside them. */
const MAX_HELD_BYTES = 536870912;
/** Held for a file of unknown length. A larger one is read again, with room for the largest. */
const UNKNOWN_LENGTH_BYTES = 33554432;
function byteReader(http, signal) {
	const budget = new ByteBudget(MAX_HELD_BYTES);
	const known = /* @__PURE__ */ new Map();
	return { read(remote, algorithms) {
		const before = known.get(remote.url);
		if (before && algorithms.every((algorithm) => before.algorithms.includes(algorithm))) return before.file;
		const all = [.../* @__PURE__ */ new Set([...algorithms, ...before?.algorithms ?? []])];
		const context = {
			http,
			signal,
			budget
		};
		const file = remote.digestsOf ? readWhole(context, remote, remote.digestsOf) : readStream(context, remote, all);
		known.set(remote.url, {
			algorithms: all,
			file
		});
		return file;
	} };
}
/** Hashes what flows by; nothing is held. */
async function readStream({ http, signal }, remote, algorithms) {
	const names = algorithms.filter((name) => name !== "h1");
	let hashes = [];
	const sink = () => {
		hashes = names.map((name) => (0, node_crypto.createHash)(name));
		const [only, ...others] = hashes;
		if (only && others.length === 0) return (chunk) => void only.update(chunk);
		return (chunk) => {
			for (const hash of hashes) hash.update(chunk);
		};
	};
	const answer = await http.fetch({
		...requestOf(remote, signal),
		sink
	});
	if (!isThere(answer)) return void 0;
	const digests = [];
	for (const [at, hash] of hashes.entries()) {
		const digest = require_digest.digestFromHex(names[at] ?? "", hash.digest("hex"));
		if (digest) digests.push(digest);
	}
	return {
		digests,
		...describe(answer)
	};
}
/** Holds the whole file for a digest that is over its contents. */
async function readWhole(context, remote, digestsOf) {
	const held = await holdWhole(context, remote, Math.min(UNKNOWN_LENGTH_BYTES, remote.maxBytes)) ?? await holdWhole(context, remote, remote.maxBytes);
	if (held === void 0) throw new Error("more bytes than the limit allows");
	try {
		if (!isThere(held.answer)) return void 0;
		return {
			...await digested(held.body(), digestsOf),
			...describe(held.answer)
		};
	} finally {
		held.release();
	}
}
/** Bytes that came whole, and are not what they should be, are an answer: not to be confused with none. */
async function digested(bytes, digestsOf) {
	try {
		return { digests: await digestsOf(bytes) };
	} catch (error) {
		if (!(error instanceof require_errors.ServiceError)) throw error;
		const { reason, message } = error;
		return {
			digests: [],
			fault: reason ?? message
		};
	}
}
/**
* @param room bytes to reserve when the server does not say how many there are
* @returns nothing when there were more
*/
async function holdWhole({ http, signal, budget }, remote, room) {
	let attempt;
	const release = () => attempt?.release();
	const sink = async (head) => {
		release();
		const length = lengthOf(head);
		const mine = attemptOf(budget.acquire(length ?? room), length, room);
		attempt = mine;
		return mine.sink();
	};
	try {
		return {
			answer: await http.fetch({
				...requestOf(remote, signal),
				sink
			}),
			body: () => attempt?.body() ?? /* @__PURE__ */ new Uint8Array(),
			release
		};
	} catch (error) {
		release();
		if (error instanceof NoRoom) return void 0;
		throw error;
	}
}
/** A body turned out larger than what was reserved for it. */
var NoRoom = class extends Error {};
function attemptOf(lease, length, room) {
	let whole = /* @__PURE__ */ new Uint8Array();
	const pieces = [];
	let size = 0;
	const release = () => void lease.then((held) => held.release());
	return {
		async sink() {
			await lease;
			if (length !== void 0) whole = new Uint8Array(length);
			const take = (chunk) => {
				if (size + chunk.length > (length ?? room)) throw new NoRoom();
				if (length === void 0) pieces.push(chunk);
				else whole.set(chunk, size);
				size += chunk.length;
			};
			return Object.assign(take, { broken: release });
		},
		body: () => length === void 0 ? joined$1(pieces, size) : whole,
		release
	};
}
function joined$1(pieces, size) {
	const whole = new Uint8Array(size);
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole;
}
/** In bytes, when the server says it. */
function lengthOf({ headers }) {
	const length = headers["content-length"] ?? "";
	return /^\d{1,15}$/.test(length) ? Number(length) : void 0;
}
function requestOf(remote, signal) {
	const { url, maxBytes, authorization } = remote;
	return {
		url,
		maxBytes,
		signal,
		...authorization !== void 0 && { authorization }
	};
}
function isThere({ status }) {
	return status >= 200 && status < 300;
}
function describe({ bytes, headers }) {
	return {
		bytes,
		contentType: headers["content-type"] ?? ""
	};
}
// src/stages/integrity/obstacle.ts
const ENDED$1 = {
	kind: "failed",
	reason: "the run was ended"
};
const OFFLINE$1 = {
	kind: "failed",
	reason: "the run is offline"
};
/** What an error means for the file that was being looked at. */
function obstacleOf$1(error, ecosystem, log) {
	const detail = require_errors.messageOf(error);
	if (error instanceof require_errors.CancelledError) {
		const { code } = error;
		return {
			...code === "OFFLINE" ? OFFLINE$1 : ENDED$1,
			detail
		};
	}
	if (error instanceof require_errors.ServiceError) {
		const { url, reason, remedy } = error;
		return {
			kind: "failed",
			place: url !== void 0 && URL.canParse(url) ? new URL(url).host : ecosystem,
			reason: reason ?? detail,
			remedy,
			detail
		};
	}
	if (error instanceof require_errors.ParseError) {
		const { path, remedy } = error;
		return {
			kind: "failed",
			place: path ?? ecosystem,
			reason: detail,
			remedy,
			detail
		};
	}
	if (Error.isError(error)) log.debug(error.stack ?? "");
	return {
		kind: "failed",
		place: ecosystem,
		reason: `internal error: ${detail}`,
		remedy: "This is a bug in Assay; please report it with the debug log",
		detail
	};
}
/** Where it was looked. */
function sourceOf(error) {
	return error instanceof require_errors.ServiceError ? error.url ?? "" : "";
}
// src/stages/integrity/examine.ts
/** Looks at one item. Never throws: what cannot be looked at is `unavailable`. */
async function examine(examiner, item) {
	const { component, file } = item;
	if (!file || file.digests.length === 0) return unpinned$1(examiner, item);
	const obstacle = notOnRegistries(component) ?? examiner.stopped();
	if (obstacle) return unavailable(examiner, item, obstacle);
	try {
		const client = examiner.clientOf(component.ecosystem);
		if (!client) return unavailable(examiner, item, noClient(component));
		const question = {
			examiner,
			item,
			component,
			file,
			client
		};
		return await (examiner.mode === "all" || await client.selects(component, file) ? examineBytes(question) : examineIndex(question));
	} catch (error) {
		return unavailable(examiner, item, {
			...obstacleOf$1(error, component.ecosystem, examiner.host.log),
			source: sourceOf(error)
		});
	}
}
/** Reads the bytes themselves. */
async function examineBytes(question) {
	const { examiner, item, component, file, client } = question;
	const located = await client.locate(component, file);
	if (!located) return unavailable(examiner, item, unknownTo(`the ${component.ecosystem} registry`));
	const { remote, read } = await readFrom(examiner.reader, located, algorithmsOf(component));
	const url = withoutSecrets(remote.url);
	if (!read) return unavailable(examiner, item, {
		...unknownTo(hostOf$1(url)),
		source: url
	});
	const locked = require_digest.strongestOf(file.digests);
	if (read.fault !== void 0) return notTheFile(question, url, {
		...read,
		fault: read.fault
	});
	const [observed] = read.digests.filter(({ algorithm }) => algorithm === locked[0]?.algorithm);
	if (!observed) return unavailable(examiner, item, {
		...notComputable(url),
		source: url
	});
	const same = locked.some(({ hex }) => hex === observed.hex);
	return {
		item,
		evidence: evidenceOf$2(examiner, item, {
			kind: "digest",
			outcome: same ? "verified" : "contradicted",
			source: url,
			observed,
			detail: same ? `the ${read.bytes} bytes read are as locked: ${require_digest.renderDigest(observed)}` : `the lock promises ${listed(locked)}, the bytes read are ${require_digest.renderDigest(observed)}`
		}),
		more: await proofs(question, read.digests),
		...same ? {} : { contentType: read.contentType }
	};
}
/** Reads a file, or the same file at its other place when there is none at the first. */
async function readFrom(reader, remote, algorithms) {
	const read = await reader.read(remote, algorithms);
	const other = read ? void 0 : await remote.elsewhere?.();
	return other ? {
		remote: other,
		read: await reader.read(other, algorithms)
	} : {
		remote,
		read
	};
}
/** The bytes cannot be hashed as the lock hashes them, because they are no such file: then they are not the locked ones. */
function notTheFile({ examiner, item, file }, source, { bytes, fault, contentType }) {
	return {
		item,
		evidence: evidenceOf$2(examiner, item, {
			kind: "digest",
			outcome: "contradicted",
			source,
			detail: `the lock promises ${listed(require_digest.strongestOf(file.digests))}, the ${bytes} bytes read cannot be that: ${fault}`
		}),
		more: [],
		contentType
	};
}
/** What is known of the same bytes elsewhere. Its failure is no statement about the bytes that were read. */
async function proofs({ examiner, item, component, file, client }, observed) {
	try {
		return await client.prove?.(component, file, observed) ?? [];
	} catch (error) {
		const { detail } = obstacleOf$1(error, component.ecosystem, examiner.host.log);
		return [evidenceOf$2(examiner, item, {
			kind: "index-digest",
			outcome: "unavailable",
			source: sourceOf(error),
			detail
		})];
	}
}
/** Compares with what the registry's index states. */
async function examineIndex(question) {
	const { examiner, item, component, file, client } = question;
	const entry = await client.indexEntry(component, file);
	if (!entry) return unavailable(examiner, item, unknownTo(`the ${component.ecosystem} index`));
	const stated = new Set(entry.digests.map(({ algorithm }) => algorithm));
	const comparable = require_digest.strongestOf(file.digests.filter(({ algorithm }) => stated.has(algorithm)));
	const [promised] = require_digest.strongestOf(file.digests);
	const locked = comparable[0]?.algorithm !== promised?.algorithm && require_digest.isCollidable(comparable[0]) ? [] : comparable;
	const source = withoutSecrets(entry.source);
	if (locked.length === 0) return unavailable(examiner, item, {
		...notComparable(source),
		source
	});
	const there = entry.digests.filter(({ algorithm }) => algorithm === locked[0]?.algorithm);
	const match = there.find((digest) => locked.some(({ hex }) => hex === digest.hex));
	const [only] = there;
	const observed = match ?? (there.length === 1 ? only : void 0);
	return {
		item,
		evidence: evidenceOf$2(examiner, item, {
			kind: "index-digest",
			outcome: match ? "verified" : "contradicted",
			source,
			...observed && { observed },
			detail: match ? `the index states what is locked: ${require_digest.renderDigest(match)}` : `the lock promises ${listed(locked)}, the index states ${listed(there)}`
		}),
		more: []
	};
}
function unpinned$1(examiner, item) {
	const { origin, locations } = item.component;
	const detail = origin.kind === "git" ? `pinned by commit ${origin.commit ?? "(none)"}, which no registry can confirm` : "the lock pins no digest";
	return {
		item,
		evidence: evidenceOf$2(examiner, item, {
			kind: "digest",
			outcome: "absent",
			source: (item.file?.location ?? locations[0])?.path ?? "",
			detail
		}),
		more: []
	};
}
function unavailable(examiner, item, { source = "", detail, ...obstacle }) {
	return {
		item,
		evidence: evidenceOf$2(examiner, item, {
			kind: "digest",
			outcome: "unavailable",
			source,
			detail: detail ?? obstacle.reason
		}),
		more: [],
		obstacle
	};
}
function evidenceOf$2({ host }, { component, file }, given) {
	return {
		subject: component.purl,
		...given,
		...file?.name !== void 0 && { file: file.name },
		observedAt: `${host.now().toISOString().slice(0, 19)}Z`
	};
}
/** Bytes that a lock pins, and that are on no registry. */
function notOnRegistries({ origin }) {
	if (origin.kind === "git") return {
		kind: "failed",
		reason: "the package manager packs it from git, so that nobody serves these bytes"
	};
	if (origin.kind === "local") return {
		kind: "failed",
		reason: "it lies in the checkout, whose archives are not read"
	};
}
function noClient({ ecosystem }) {
	return {
		kind: "failed",
		reason: `registries of ${ecosystem} cannot be asked yet`
	};
}
function unknownTo(place) {
	return {
		kind: "unknown",
		place,
		reason: "knows no such file: unpublished, private or elsewhere"
	};
}
function notComputable(url) {
	return {
		kind: "failed",
		place: hostOf$1(url),
		reason: "the locked kind of digest cannot be computed from what is served"
	};
}
function notComparable(url) {
	return {
		kind: "failed",
		place: hostOf$1(url),
		reason: "the index states no digest of the locked kind"
	};
}
/** All that any lock needs of these bytes, so that they are read once. */
function algorithmsOf({ files }) {
	const needed = files.flatMap(({ digests }) => require_digest.strongestOf(digests)[0]?.algorithm ?? []);
	return [...new Set(needed)];
}
const MAX_LISTED$2 = 3;
function listed(digests) {
	const shown = digests.slice(0, MAX_LISTED$2).map(require_digest.renderDigest).join(" or ");
	const rest = digests.length - MAX_LISTED$2;
	return rest > 0 ? `${shown} or one of ${rest} more` : shown;
}
function hostOf$1(url) {
	return URL.canParse(url) ? new URL(url).host : url;
}
// src/stages/integrity/observation.ts
/** In the order in which people read them. */
const OUTCOMES$2 = [
	"verified",
	"contradicted",
	"absent",
	"unavailable"
];
/** How many observations came out so. */
function countOf$1(observations, outcome) {
	return observations.filter(({ evidence }) => evidence.outcome === outcome).length;
}
/** How many hold by what the registry's index states, without a look at the bytes. */
function countByIndex(observations) {
	return observations.filter(({ evidence }) => evidence.kind === "index-digest" && evidence.outcome === "verified").length;
}
/** How messages name an item: `left-pad 1.3.0`, with the file where there are several. */
function nameOf$1({ component, file }) {
	const { name, version, files } = component;
	if (file?.name?.startsWith(`${name}@${version}`)) return file.name;
	return `${name} ${version}${files.length > 1 && file?.name !== void 0 ? ` (${file.name})` : ""}`;
}
// src/stages/integrity/rules.ts
var rules_exports$5 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	DIGEST_MISMATCH: () => DIGEST_MISMATCH$1,
	LOG_MISMATCH: () => LOG_MISMATCH,
	NOT_IN_REGISTRY: () => NOT_IN_REGISTRY,
	NO_DIGEST: () => NO_DIGEST,
	UNAVAILABLE: () => UNAVAILABLE$2,
	WEAK_DIGEST: () => WEAK_DIGEST
});
const DIGEST_MISMATCH$1 = {
	id: "integrity/digest-mismatch",
	title: "A dependency is not what its lock promises",
	severity: "critical",
	why: "Either the lockfile was changed to let other bytes in, or what the registry serves was replaced. Package managers refuse such a dependency, unless the one that writes the lock does it anew and accepts the new bytes.",
	remedy: "Do not install it and do not lock it again. See with `git log -p -- <lockfile>` whether the digest in the lock was changed, and restore it if so. If it was not, compare with a copy from another machine or mirror, and report the version to the registry."
};
const LOG_MISMATCH = {
	id: "integrity/log-mismatch",
	title: "A public log records other bytes for a dependency",
	severity: "critical",
	why: "Lock and registry agree, but not with what the log showed to everybody else: you may be served bytes of your own.",
	remedy: "Do not install it. Ask the proxy that is configured and the public one for the same version, compare, and report the difference to both."
};
const NOT_IN_REGISTRY = {
	id: "integrity/not-in-registry",
	title: "The registry does not know a locked file",
	severity: "medium",
	why: "It was unpublished, is private and was asked for without credentials, or comes from another registry than is configured. A private name that is free on the public registry can be taken by anybody.",
	remedy: "Configure the registry that has it, with credentials, as your package manager reads it (`.npmrc`, `pip.conf`, `.cargo/config.toml`, `GOPROXY`). If it was unpublished, replace it."
};
const NO_DIGEST = {
	id: "integrity/no-digest",
	title: "A lockfile pins versions without digests",
	severity: "low",
	why: "Whoever controls the registry or the way to it decides which bytes are installed, and nobody would notice a change.",
	remedy: "Have the package manager write digests: `npm install --package-lock-only`, `pip-compile --generate-hashes`, `cargo generate-lockfile`, `go mod tidy`; then commit the lockfile."
};
const WEAK_DIGEST = {
	id: "integrity/weak-digest",
	title: "A lockfile pins bytes with MD5 or SHA-1 only",
	severity: "low",
	why: "Two files with the same MD5 or SHA-1 can be made: the digest holds against accidents, not against the publisher of the file.",
	remedy: "Lock these dependencies again with a current package manager: remove their entries, run `npm install --package-lock-only` or its like, and compare the bytes before you commit."
};
const UNAVAILABLE$2 = {
	id: "integrity/unavailable",
	title: "Dependencies could not be checked",
	severity: "low",
	why: "Nothing is known of these bytes. This is neither a pass nor a failure; the policy can make it one with `outcomes.unavailable`.",
	remedy: "Remove what is in the way, as the message says, and run again."
};
// src/stages/integrity/findings.ts
/** How many names a message over many files gives. */
const MAX_NAMES$1 = 5;
/** How many lockfiles a finding over many files points at. */
const MAX_LOCATIONS$1 = 10;
/** Files unknown to a registry, above which they are one finding: then the registry is the wrong one, not the files. */
const MAX_SINGLE_UNKNOWN = 20;
/** What the observations mean. One finding per wrong dependency; one per cause for what could not be looked at. */
function findingsOf$1(observations) {
	return [
		...observations.filter(({ evidence }) => evidence.outcome === "contradicted").map(mismatch),
		...observations.flatMap(otherMismatches),
		...unknowns(observations),
		...unpinned(observations),
		...weak(observations),
		...obstacles$1(observations),
		...missingProofs(observations)
	];
}
function mismatch({ item, evidence, contentType = "" }) {
	const page = /^text\/html|^application\/(?:json|xhtml)/i.exec(contentType)?.[0];
	const hint = page === void 0 ? "" : ` (sent as ${page}: perhaps a login or error page)`;
	return require_finding.findingOf(DIGEST_MISMATCH$1, {
		subject: evidence.subject,
		message: `${nameOf$1(item)} is not what its lock promises: ${evidence.detail}, from ${evidence.source}${hint}`,
		locations: locationsOf$1([item.file?.location]),
		evidence: [evidence]
	});
}
/** What an index states against the bytes at the address of the lock counts like other bytes. */
function otherMismatches({ item, more }) {
	return more.filter(({ outcome }) => outcome === "contradicted").map((evidence) => require_finding.findingOf(evidence.kind === "index-digest" ? DIGEST_MISMATCH$1 : LOG_MISMATCH, {
		subject: evidence.subject,
		message: `${nameOf$1(item)}: ${evidence.detail}, from ${evidence.source}`,
		locations: locationsOf$1([item.file?.location]),
		evidence: [evidence]
	}));
}
function unknowns(observations) {
	return [...groupBy(observations, ({ obstacle }) => obstacle?.kind === "unknown" ? obstacle.place ?? "" : void 0)].flatMap(([place, group]) => {
		if (group.length > MAX_SINGLE_UNKNOWN) {
			const message = `${place} does not know ${group.length} locked files: ${namesOf$1(group)}`;
			return [manyOf$1(NOT_IN_REGISTRY, {
				subject: place,
				message,
				group
			})];
		}
		return group.map(({ item, evidence }) => require_finding.findingOf(NOT_IN_REGISTRY, {
			subject: evidence.subject,
			message: `${nameOf$1(item)} is locked, but ${place} ${evidence.detail}`,
			locations: locationsOf$1([item.file?.location]),
			evidence: [evidence]
		}));
	});
}
/** One per lockfile. What git pins by a commit has no digest to give. */
function unpinned(observations) {
	return [...groupBy(observations, ({ item, evidence }) => evidence.outcome === "absent" && item.component.origin.kind !== "git" ? evidence.source : void 0)].map(([path, group]) => {
		const message = `${path} pins no digest for ${count(group, "dependency", "dependencies")}: ${namesOf$1(group)}`;
		return manyOf$1(NO_DIGEST, {
			subject: path,
			message,
			group
		});
	});
}
function weak(observations) {
	return [...groupBy(observations, ({ item: { file }, evidence }) => {
		const [best] = require_digest.strongestOf(file?.digests ?? []);
		return require_digest.isCollidable(best) && evidence.outcome === "verified" ? file?.location.path : void 0;
	})].map(([path, group]) => {
		const message = `${path} pins ${count(group, "file", "files")} with MD5 or SHA-1 only: ${namesOf$1(group)}`;
		return manyOf$1(WEAK_DIGEST, {
			subject: path,
			message,
			group
		});
	});
}
/** One per place and cause: a registry that is down is one fact, not a thousand. */
function obstacles$1(observations) {
	return [...groupBy(observations, ({ obstacle }) => obstacle?.kind === "failed" ? [obstacle.place, obstacle.reason].filter((part) => part !== void 0).join(": ") : void 0)].map(([cause, group]) => {
		const remedy = group[0]?.obstacle?.remedy;
		const advice = remedy === void 0 ? "" : `. ${remedy}`;
		const message = `${count(group, "file", "files")} could not be checked, ${cause} (${namesOf$1(group)})${advice}`;
		return manyOf$1(UNAVAILABLE$2, {
			subject: cause,
			message,
			group
		});
	});
}
/** One per log or index: proofs that could not be had. */
function missingProofs(observations) {
	return [...groupBy(observations.filter(({ more }) => more.some(isMissing)), ({ more }) => hostOf(more.find(isMissing)?.source ?? ""))].map(([place, group]) => {
		const first = group[0]?.more.find(isMissing)?.detail ?? "";
		const where = place === "" ? "" : ` at ${place}`;
		const message = `${count(group, "file", "files")} could not be confirmed by a second source${where} (${namesOf$1(group)}): ${first}`;
		return manyOf$1(UNAVAILABLE$2, {
			subject: `second source: ${place}`,
			message,
			group
		});
	});
}
function isMissing({ outcome }) {
	return outcome === "unavailable";
}
function manyOf$1(rule, { group, ...given }) {
	return require_finding.findingOf(rule, {
		...given,
		locations: locationsOf$1(group.map(({ item }) => item.file?.location ?? item.component.locations[0]))
	});
}
/** One place per lockfile: the first. */
function locationsOf$1(all) {
	const first = /* @__PURE__ */ new Map();
	for (const location of all.filter((given) => given !== void 0).sort(byLocation)) if (!first.has(location.path)) first.set(location.path, location);
	return [...first.values()].slice(0, MAX_LOCATIONS$1);
}
function namesOf$1(group) {
	const names = [...new Set(group.map(({ item }) => nameOf$1(item)))];
	const rest = names.length - MAX_NAMES$1;
	return `${names.slice(0, MAX_NAMES$1).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
function count(group, one, many) {
	return `${group.length} ${group.length === 1 ? one : many}`;
}
function groupBy(items, keyOf) {
	const groups = /* @__PURE__ */ new Map();
	for (const item of items) {
		const key = keyOf(item);
		if (key === void 0) continue;
		const group = groups.get(key);
		if (group) group.push(item);
		else groups.set(key, [item]);
	}
	return groups;
}
function hostOf(url) {
	return URL.canParse(url) ? new URL(url).host : "";
}
// src/stages/in-parallel.ts
/** Runs a task for every item, so many at once, and gives the results in the items' order. */
async function inParallel(items, limit, task) {
	const results = [];
	const queue = items.entries();
	const worker = async () => {
		for (const [at, item] of queue) results[at] = await task(item);
	};
	await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
	return results;
}
// src/stages/integrity/plan.ts
/** Decides what there is to check. `auto` is `changed` when a base is known, else `platform`. */
function planOf$1(inventory, wanted) {
	const { base } = inventory;
	const mode = wanted === "auto" ? base ? "changed" : "platform" : wanted;
	const before = mode === "changed" ? new Map(base?.components.map((known) => [known.purl, known])) : void 0;
	const skipped = {
		unchanged: 0,
		local: 0,
		bundled: 0,
		fixture: 0
	};
	const items = [];
	for (const component of inventory.components) {
		const known = before?.get(component.purl);
		if (component.fixture) skipped.fixture++;
		else if (component.ecosystem === "generic") skipped.local++;
		else if (known && lockedAlike(known, component)) skipped.unchanged++;
		else if (component.files.length > 0) for (const file of component.files) items.push({
			component,
			file
		});
		else if (component.origin.kind === "local") skipped.local++;
		else if (isBundled(component)) skipped.bundled++;
		else items.push({ component });
	}
	return {
		mode,
		items,
		skipped,
		...mode === "changed" && base && { base: base.commit }
	};
}
/** npm's lock describes what lies inside a tarball too; the tarball's digest covers it. */
function isBundled({ ecosystem, origin }) {
	return ecosystem === "npm" && origin.kind !== "git";
}
/** Why there is nothing to look at where the inventory is empty. */
const NO_DEPENDENCY = "no dependency was found";
/** Why there is nothing to look at; nothing when there is something. */
function whyEmpty$1({ items, skipped, base }) {
	if (items.length > 0) return void 0;
	const { unchanged, local, bundled, fixture } = skipped;
	const told = [
		[unchanged, `locked as in the base commit ${base ?? ""}`.trimEnd()],
		[local, "part of the checkout itself"],
		[bundled, "inside the archive of another dependency"],
		[fixture, "named by test data only"]
	].filter(([many]) => many > 0).map(([many, why]) => `${many} ${why}`);
	return told.length === 0 ? NO_DEPENDENCY : `nothing to look at: ${told.join(", ")}`;
}
// src/stages/integrity/section.ts
/** How many of the files that are not in order the section names; findings name all. */
const MAX_NAMED$1 = 10;
/** What the stage has to say to a person. */
function sectionOf$6(plan, observations, effort) {
	return {
		title: "Locked digests against the registries",
		blocks: [
			{
				kind: "paragraph",
				text: modeText(plan)
			},
			{
				kind: "paragraph",
				text: effortText(observations, effort)
			},
			...outcomeBlocks$1(observations),
			...namedBlocks$1(observations),
			...skippedBlocks(plan)
		]
	};
}
function modeText({ mode, base, items }) {
	const files = `${items.length} locked ${items.length === 1 ? "file" : "files"}`;
	const texts = {
		all: `${files}, of which every one was to be read.`,
		platform: `of ${files}, those that this platform installs were to be read, the others compared with the registry's index.`,
		changed: base === void 0 ? `no base commit could be read, so that all ${files} count as changed.` : `${files} that the base commit ${base} does not lock in the same way.`
	};
	return [{ strong: `Mode ${mode}` }, `: ${texts[mode]}`];
}
function effortText(observations, effort) {
	const read = observations.filter(({ evidence: { kind, observed } }) => kind === "digest" && observed);
	const megabytes = (effort.bytesRead / 1e6).toFixed(1);
	const seconds = (effort.durationMs / 1e3).toFixed(1);
	return `The bytes of ${read.length} were read and hashed: ${megabytes} MB in ${effort.requests} requests and ${seconds} s.`;
}
function outcomeBlocks$1(observations) {
	if (observations.length === 0) return [];
	const ecosystems = [...new Set(observations.map(({ item }) => item.component.ecosystem))].sort();
	return [{
		kind: "chart",
		bars: OUTCOMES$2.map((label) => ({
			label,
			value: countOf$1(observations, label)
		}))
	}, {
		kind: "table",
		columns: [{ title: "Ecosystem" }, ...[
			"Files",
			"Verified",
			"by index only",
			"Contradicted",
			"Absent",
			"Unavailable"
		].map((title) => ({
			title,
			numeric: true
		}))],
		rows: ecosystems.map((ecosystem) => {
			const of = observations.filter(({ item }) => item.component.ecosystem === ecosystem);
			const [verified = 0, ...others] = OUTCOMES$2.map((outcome) => countOf$1(of, outcome));
			return [ecosystem, ...[
				of.length,
				verified,
				countByIndex(of),
				...others
			].map(String)];
		})
	}];
}
function namedBlocks$1(observations) {
	return ["contradicted", "unavailable"].flatMap((outcome) => {
		const all = observations.filter(({ evidence }) => evidence.outcome === outcome);
		if (all.length === 0) return [];
		const items = all.slice(0, MAX_NAMED$1).map(({ item, evidence }) => [{ code: nameOf$1(item) }, `: ${evidence.detail}`]);
		const rest = all.length - items.length;
		return [{
			kind: "paragraph",
			text: { strong: outcome === "contradicted" ? "Contradicted" : "Unavailable" }
		}, {
			kind: "list",
			items: rest > 0 ? [...items, `and ${rest} more`] : items
		}];
	});
}
function skippedBlocks({ skipped, base }) {
	const { unchanged, local, bundled, fixture } = skipped;
	const shown = [
		[unchanged, `locked as in the base commit ${base ?? ""}`.trimEnd()],
		[local, "part of the checkout itself"],
		[bundled, "inside the archive of another dependency, which was looked at"],
		[fixture, "named by test data only"]
	].filter(([many]) => many > 0).map(([many, why]) => `${many}: ${why}`);
	if (shown.length === 0) return [];
	return [{
		kind: "paragraph",
		text: { strong: "Dependencies not looked at" }
	}, {
		kind: "list",
		items: shown
	}];
}
// src/stages/checkout/base-files.ts
/** Largest file of the checkout that is compared with the base's before that is fetched, in bytes. */
const MAX_LOCAL_BYTES = 67108864;
/**
* The files of the commit that this pull request is compared with: from git, else through the REST API.
*
* @returns nothing when there is no base, or it could not be found
*/
function baseFilesOf({ host, settings }, { base, folder = "" }) {
	if (base?.source === void 0) return void 0;
	const { commit, source } = base;
	const repository = workflowRepository(host.env, settings.githubToken);
	const local = (path) => {
		try {
			return host.files.readText(path, MAX_LOCAL_BYTES);
		} catch {
			return;
		}
	};
	const api = repository && !settings.offline ? githubBaseFiles(host, repository, {
		commit,
		folder,
		local
	}) : void 0;
	if (source === "api") return api;
	return eitherOf(gitBaseFiles(host, {
		commit,
		folder
	}), api);
}
/** A partial clone has the commit and its names, but not every file's bytes. */
function eitherOf(first, second) {
	return {
		commit: first.commit,
		list: () => first.list(),
		async readTexts(paths, maxBytes) {
			try {
				return await first.readTexts(paths, maxBytes);
			} catch (error) {
				if (!second || !(error instanceof require_errors.AssayError)) throw error;
				return second.readTexts(paths, maxBytes);
			}
		}
	};
}
// src/policy/path-pattern.ts
/** Longest pattern, in characters. */
const MAX_LENGTH$1 = 1024;
/**
* Parses a pattern as `.gitignore` has them, without its exceptions and its sets of characters: `*` is any
* text and `?` any character between slashes, `**` any number of folders. A pattern without a slash
* matches at any depth, one with a slash from the root of the checkout; a slash at the end asks for a
* folder. What lies in a folder that matches, matches.
*
* @returns why it is none, as a string
*/
function parsePathPattern(text) {
	if (text.length > MAX_LENGTH$1) return `is longer than ${MAX_LENGTH$1} characters`;
	if (text.startsWith("!")) return "begins with \"!\": exceptions are not supported";
	if (text.includes("\\")) return "has a \"\\\": folders are separated by \"/\"";
	const foldersOnly = text.endsWith("/");
	const inner = text.replace(/^\/|\/$/g, "");
	const anchored = text.slice(0, -1).includes("/");
	const segments = inner.split("/");
	if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) return "has an empty name, \".\" or \"..\" between slashes";
	if (segments.length > 1 && segments.at(-1) === "**") segments.push("*");
	return {
		text,
		segments: anchored ? segments : ["**", ...segments],
		foldersOnly
	};
}
/**
* Finds the pattern that leaves a path out, by itself or by a folder that it lies in.
*
* @param path relative to the checkout; that of a folder ends in `/`
*/
function patternFor(path, patterns) {
	if (patterns.length === 0) return void 0;
	const isFolder = path.endsWith("/");
	const names = (isFolder ? path.slice(0, -1) : path).split("/");
	return patterns.find(({ segments, foldersOnly }) => names.some((_, index) => {
		if (index === names.length - 1 && foldersOnly && !isFolder) return false;
		return require_wildcard.sequenceMatches(segments, names.slice(0, index + 1), (part, name) => part === "**" ? "any" : require_wildcard.textMatches(part, name));
	}));
}
// src/stages/inventory/fixtures.ts
/** Folders whose files are data of tests by convention, in lower case. */
const FOLDERS = /* @__PURE__ */ new Set([
	"__fixtures__",
	"__snapshots__",
	"__testdata__",
	"__testfixtures__",
	"fixture",
	"fixtures",
	"test-data",
	"test-fixtures",
	"test_data",
	"test_fixtures",
	"testdata",
	"testfixtures"
]);
/**
* Whether a path lies under a folder of test data. `examples` and `samples` are none: people install them,
* and `exclude` leaves them out where nobody does.
*/
function isFixture(path) {
	return path.toLowerCase().split("/").slice(0, -1).some((folder) => FOLDERS.has(folder));
}
// src/stages/inventory/lockfiles.ts
/** Every lockfile of a tree, by ecosystem, then path. Files are recognised by name before any is opened. */
function lockfilesIn({ paths, read, ecosystems }) {
	return ecosystems.flatMap((ecosystem) => {
		const named = paths.filter((path) => ecosystem.recognises(baseName(path)));
		const candidate = (path, extract) => ({
			path,
			format: ecosystem.id,
			ecosystem: ecosystem.ecosystem,
			fixture: isFixture(path),
			extract
		});
		const { entries, failure } = entryPointsOf(ecosystem, named, read);
		const failed = failure && candidate(named[0] ?? ".", failure);
		const found = entries.map((path) => candidate(path, () => ecosystem.extract(read(path) ?? {
			path,
			text: ""
		}, read)));
		return failed ? [...found, failed] : found;
	});
}
/** What fails here must not hide any file: each is read by itself then, and a damaged one says so itself. */
function entryPointsOf(ecosystem, named, read) {
	try {
		return { entries: ecosystem.entryPoints?.(named, read) ?? named };
	} catch (error) {
		if (error instanceof require_errors.ParseError) return { entries: named };
		const failure = () => {
			throw error;
		};
		return {
			entries: named,
			failure
		};
	}
}
function baseName(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
/** A reader that also tells which files lie below a folder. */
function readerOf(paths, readText) {
	const read = (path) => {
		const text = readText(path);
		return text === void 0 ? void 0 : {
			path,
			text
		};
	};
	return Object.assign(read, { below: (folder) => pathsBelow(paths, folder) });
}
/** The paths are sorted, so that those below a folder are neighbours. */
function pathsBelow(paths, folder) {
	if (folder === "") return paths;
	return paths.slice(firstFrom(paths, `${folder}/`), firstFrom(paths, `${folder}0`));
}
function firstFrom(sorted, wanted) {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = low + high >>> 1;
		if ((sorted[middle] ?? "") < wanted) low = middle + 1;
		else high = middle;
	}
	return low;
}
/**
* Puts together what lockfiles hold. What test data says of a component that the project itself locks is left
* out: it must not add digests, places or edges to a real dependency.
*/
function mergeExtractions(found) {
	const real = componentsOf(found.filter(({ candidate }) => !candidate.fixture));
	const fixtures = [...componentsOf(found.filter(({ candidate }) => candidate.fixture)).values()].filter(({ purl }) => !real.has(purl)).map((component) => ({
		...component,
		fixture: true
	}));
	return {
		components: [...real.values(), ...fixtures].sort(byPurl),
		lockfiles: found.map(lockfileOf).sort(byPathThenFormat),
		gaps: found.flatMap(({ extraction }) => extraction.gaps).sort(byPlace)
	};
}
function componentsOf(found) {
	return mergeByPurl(found.flatMap(({ extraction }) => extraction.components));
}
function lockfileOf({ candidate, extraction }) {
	const { path, format, ecosystem, fixture } = candidate;
	return {
		path,
		format,
		ecosystem,
		fixture,
		direct: extraction.direct,
		components: extraction.components.map((component) => component.purl)
	};
}
function byPathThenFormat(a, b) {
	return compare(a.path, b.path) || compare(a.format, b.format);
}
/** The sort is stable: gaps of one line stay as their lockfile lists them. */
function byPlace(a, b) {
	return compare(a.location.path, b.location.path) || (a.location.line ?? 0) - (b.location.line ?? 0);
}
function compare(a, b) {
	return a < b ? -1 : a > b ? 1 : 0;
}
// src/stages/inventory/tree.ts
/** Largest lockfile that is read, in bytes: the largest real ones are under 20 MB. */
const MAX_LOCKFILE_BYTES = 268435456;
/** The patterns of the inputs and of the policy. @throws InputError `INPUT_INVALID` for what is none */
function excludePatterns(exclude, policy) {
	return [...exclude, ...policy.exclude].map((text) => {
		const pattern = parsePathPattern(text);
		if (typeof pattern !== "string") return pattern;
		throw new require_errors.InputError({
			code: "INPUT_INVALID",
			message: `Cannot use the pattern "${text}" of \`exclude\`: it ${pattern}`,
			remedy: "Write it as in `.gitignore`: `examples/`, `docs/**/package-lock.json`"
		});
	});
}
/** Walks the checkout once. */
async function walkCheckout({ host, settings }, patterns) {
	const ignoredPaths = await ignoredByGit(host);
	const out = `${(0, node_path.relative)(host.files.root, settings.out).replaceAll("\\", "/")}/`;
	const excluded = [];
	let ignored = 0;
	return {
		...await host.files.walk((path) => {
			if (path === out) return true;
			if (ignoredPaths.has(path)) {
				ignored++;
				return true;
			}
			if (patternFor(path, patterns) === void 0) return false;
			excluded.push(path);
			return true;
		}),
		excluded: excluded.sort(),
		ignored
	};
}
/** Folders (with a trailing `/`) and files that git ignores and does not track; empty without git. */
async function ignoredByGit({ git }) {
	const { exitCode, stdout } = await git([
		"ls-files",
		"--others",
		"--ignored",
		"--exclude-standard",
		"--directory",
		"-z"
	]);
	return new Set(exitCode === 0 ? stdout.split("\0").filter((path) => path !== "") : []);
}
// src/stages/inventory/base.ts
/** How often files that lockfiles refer to are fetched: a requirements file includes another one, and so on. */
const MAX_ROUNDS = 10;
/**
* Reads the lockfiles of the base commit, with the same code as those of the checkout.
*
* @throws ServiceError when the base cannot be read
*/
async function readBase(base, { patterns, known, ecosystems }) {
	const { paths: all, truncated } = await base.list();
	const listed = all.filter((path) => isWalked(path) && patternFor(path, patterns) === void 0);
	const extra = truncated ? known.filter((path) => !listed.includes(path)) : [];
	const loader = loaderOf(base, [...listed, ...extra].sort());
	await loader.load([...listed, ...extra].filter((path) => isLockfile(path, ecosystems)));
	const { found, unreadable } = await extractWith(loader, ecosystems);
	const merged = mergeExtractions(found.filter(({ candidate }) => !candidate.fixture));
	return {
		inventory: {
			commit: base.commit,
			components: merged.components,
			lockfiles: merged.lockfiles
		},
		unreadable,
		truncated
	};
}
/** As the walk of the checkout leaves it out. */
function isWalked(path) {
	return !`/${path}`.includes("/node_modules/");
}
function isLockfile(path, ecosystems) {
	return ecosystems.some((ecosystem) => ecosystem.recognises(baseName(path)));
}
/** Extractors read at once, git and GitHub answer later: what is missing is fetched, and asked for again. */
function loaderOf(base, paths) {
	const texts = /* @__PURE__ */ new Map();
	const known = new Set(paths);
	const missing = /* @__PURE__ */ new Set();
	let left = MAX_LOCKFILE_BYTES * 2;
	return {
		paths,
		async load(wanted) {
			for (const path of wanted) known.delete(path);
			for (const [path, text] of await base.readTexts(wanted, left)) {
				texts.set(path, text);
				left -= text.length;
			}
		},
		text(path) {
			if (known.has(path)) missing.add(path);
			return texts.get(path);
		},
		takeMissing() {
			const taken = [...missing];
			missing.clear();
			return taken;
		}
	};
}
async function extractWith(loader, ecosystems) {
	const read = readerOf(loader.paths, (path) => loader.text(path));
	const final = /* @__PURE__ */ new Map();
	for (let round = 1;; round++) {
		const found = [];
		const unreadable = [];
		const missing = /* @__PURE__ */ new Set();
		const note = () => {
			const asked = loader.takeMissing();
			for (const path of asked) missing.add(path);
			return asked.length === 0;
		};
		const candidates = lockfilesIn({
			paths: loader.paths,
			read,
			ecosystems
		});
		note();
		for (const candidate of candidates) {
			const key = `${candidate.format}\n${candidate.path}`;
			const extraction = final.has(key) ? final.get(key) : extractionOf(candidate.extract);
			if (note()) final.set(key, extraction);
			if (extraction) found.push({
				candidate,
				extraction
			});
			else unreadable.push(candidate.path);
		}
		if (missing.size === 0 || round === MAX_ROUNDS) return {
			found,
			unreadable
		};
		await loader.load([...missing]);
	}
}
/** A damaged lockfile of the base is no matter of the pull request: it is only unknown. */
function extractionOf(extract) {
	try {
		return extract();
	} catch {
		return;
	}
}
// src/stages/inventory/rules.ts
/** Its subject is the path of the lockfile. */
const UNREADABLE = {
	id: "inventory/unreadable-lockfile",
	title: "A lockfile cannot be read",
	severity: "high",
	why: "Nothing that this file locks was inventoried or checked.",
	remedy: "Regenerate the lockfile with the package manager that wrote it, and commit the result."
};
const UNREADABLE_FIXTURE = {
	id: "inventory/unreadable-fixture",
	title: "A lockfile among test data cannot be read",
	severity: "info",
	why: "Nothing that it locks was listed. Test data is often damaged on purpose.",
	remedy: "Nothing, if it is meant to be so; else regenerate it with its package manager."
};
const NO_LOCKFILE = {
	id: "inventory/no-lockfile",
	title: "No lockfile was found",
	severity: "medium",
	why: "Without a lockfile nothing pins what will be installed, and there is nothing to check.",
	remedy: "Commit the lockfile of your package manager, or point `path` at the folder that has it."
};
/** Its subject is the path of the manifest. */
const MISSING_LOCKFILE = {
	id: "inventory/missing-lockfile",
	title: "Dependencies are declared, but not locked",
	severity: "medium",
	why: "What will be installed is decided anew each time, and none of it is listed or checked here.",
	remedy: "Write the lockfile with your package manager, and commit it beside the manifest."
};
/** Its subject is the path of the lockfile. */
const UNSUPPORTED = {
	id: "inventory/unsupported-lockfile",
	title: "A lockfile is of a package manager that Assay does not read",
	severity: "medium",
	why: "Nothing that this file locks was inventoried or checked.",
	remedy: "Check it by other means; `exclude` it once you do."
};
/** Its subject is the path. */
const UNSEEN = {
	id: "inventory/unseen",
	title: "A part of the checkout could not be looked at",
	severity: "medium",
	why: "Lockfiles in it were not seen, so that what they lock is neither listed nor checked.",
	remedy: "Put a file of the checkout in the place of a link that leads out of it; give the user that runs Assay the right to read it; or leave it out with `exclude`."
};
const BASE_UNREADABLE$2 = {
	id: "inventory/base-unreadable",
	title: "Lockfiles of the base commit cannot be read",
	severity: "medium",
	why: "What the pull request changes cannot be told from what was there before: all of it counts as changed.",
	remedy: "Check out with `fetch-depth: 0`, or give Assay its `github-token` and `contents: read`."
};
/** The findings whose subjects are paths that hold, or may hold, what the inventory does not list. */
const INCOMPLETE = [
	UNREADABLE,
	UNSUPPORTED,
	UNSEEN,
	MISSING_LOCKFILE
];
// src/stages/inventory/section.ts
/** Most rows of a table before the rest is folded away, and most folded ones. */
const MAX_ROWS$2 = 20;
const MAX_FOLDED_ROWS = 500;
/** Most gaps and paths that are listed. */
const MAX_LISTED$1 = 100;
function sectionOf$5({ found, gaps, tree, base }) {
	const ours = found.filter(({ candidate }) => !candidate.fixture);
	const data = found.filter(({ candidate }) => candidate.fixture);
	return {
		title: "Inventory",
		blocks: [
			ours.length > 0 ? tableOf$1(ours.slice(0, MAX_ROWS$2)) : {
				kind: "paragraph",
				text: "No lockfile was found, and so no dependency either."
			},
			...folded(`${ours.length - MAX_ROWS$2} more lockfiles`, ours.slice(MAX_ROWS$2)),
			...folded(`${counted$3(data.length, "lockfile")} among test data: listed, not checked`, data),
			...gapsBlocks(gaps),
			...notesBlocks(tree, base)
		]
	};
}
function folded(summary, rows) {
	if (rows.length === 0) return [];
	const rest = rows.length - MAX_FOLDED_ROWS;
	const blocks = [tableOf$1(rows.slice(0, MAX_FOLDED_ROWS))];
	if (rest > 0) blocks.push({
		kind: "paragraph",
		text: `and ${rest} more`
	});
	return [{
		kind: "details",
		summary,
		blocks
	}];
}
function tableOf$1(rows) {
	return {
		kind: "table",
		columns: [
			{ title: "Lockfile" },
			{ title: "Format" },
			{
				title: "Components",
				numeric: true
			},
			{
				title: "Direct",
				numeric: true
			},
			{
				title: "Edges",
				numeric: true
			},
			{
				title: "Gaps",
				numeric: true
			}
		],
		rows: rows.map(({ candidate, extraction }) => [
			{ code: candidate.path },
			candidate.format,
			`${extraction.components.length}`,
			`${extraction.direct.length}`,
			`${extraction.components.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0)}`,
			`${extraction.gaps.length}`
		])
	};
}
function gapsBlocks(gaps) {
	if (gaps.length === 0) return [];
	const items = gaps.slice(0, MAX_LISTED$1).map(({ name, reason, location }) => {
		const line = location.line === void 0 ? "" : `:${location.line}`;
		return [
			{ strong: name },
			`: ${reason} (`,
			{ code: `${location.path}${line}` },
			")"
		];
	});
	return [{
		kind: "details",
		summary: `${counted$3(gaps.length, "entry", "entries")} seen and not resolved`,
		blocks: [listOf(items, gaps.length)]
	}];
}
function notesBlocks(tree, base) {
	const notes = [];
	if (tree.ignored > 0) notes.push(`${counted$3(tree.ignored, "path")} that git ignores and does not track ${tree.ignored === 1 ? "was" : "were"} left out.`);
	if (base) {
		const { components, lockfiles, commit } = base.inventory;
		notes.push([
			`Base commit `,
			{ code: commit },
			` locks ${counted$3(components.length, "component")} in ${counted$3(lockfiles.length, "lockfile")}.`
		]);
		if (base.unreadable.length > 0) notes.push(`${counted$3(base.unreadable.length, "lockfile")} of the base cannot be read: what is locked there counts as changed.`);
		if (base.truncated) notes.push("The list of the base’s files is cut: new places count as changed.");
	}
	return [
		...notes.length > 0 ? [{
			kind: "list",
			items: notes
		}] : [],
		...pathsBlock(tree.excluded, `${counted$3(tree.excluded.length, "path")} left out by \`exclude\``),
		...pathsBlock(tree.repositories, `${counted$3(tree.repositories.length, "repository", "repositories")} inside the checkout`)
	];
}
function pathsBlock(paths, summary) {
	if (paths.length === 0) return [];
	return [{
		kind: "details",
		summary,
		blocks: [listOf(paths.slice(0, MAX_LISTED$1).map((path) => ({ code: path })), paths.length)]
	}];
}
function listOf(items, count) {
	const rest = count - items.length;
	return {
		kind: "list",
		items: rest > 0 ? [...items, `and ${rest} more`] : items
	};
}
function counted$3(count, noun, plural = `${noun}s`) {
	return `${count} ${count === 1 ? noun : plural}`;
}
// src/stages/inventory/unlocked.ts
/** Most findings of one rule; the last one counts the others. */
const MAX_FINDINGS$1 = 50;
/** Lockfiles of package managers by name, whether or not Assay reads them. */
const LOCKFILES = /* @__PURE__ */ new Map([
	[".terraform.lock.hcl", "Terraform"],
	["Cartfile.resolved", "Carthage"],
	["Cargo.lock", "Cargo"],
	["Chart.lock", "Helm"],
	["Gemfile.lock", "Bundler"],
	["MODULE.bazel.lock", "Bazel"],
	["Package.resolved", "Swift"],
	["Pipfile.lock", "Pipenv"],
	["Podfile.lock", "CocoaPods"],
	["buf.lock", "Buf"],
	["bun.lock", "Bun"],
	["bun.lockb", "Bun"],
	["cabal.project.freeze", "Cabal"],
	["composer.lock", "Composer"],
	["conan.lock", "Conan"],
	["conda-lock.yml", "conda"],
	["deno.lock", "Deno"],
	["flake.lock", "Nix"],
	["gems.locked", "Bundler"],
	["gradle.lockfile", "Gradle"],
	["mix.lock", "Mix"],
	["npm-shrinkwrap.json", "npm"],
	["package-lock.json", "npm"],
	["packages.lock.json", "NuGet"],
	["paket.lock", "Paket"],
	["pdm.lock", "PDM"],
	["pixi.lock", "Pixi"],
	["pnpm-lock.yaml", "pnpm"],
	["poetry.lock", "Poetry"],
	["pubspec.lock", "pub"],
	["pylock.toml", "Python"],
	["rebar.lock", "Rebar"],
	["renv.lock", "renv"],
	["shard.lock", "Shards"],
	["stack.yaml.lock", "Stack"],
	["uv.lock", "uv"],
	["yarn.lock", "Yarn"]
]);
const HELP = {
	code: "CONFIG_SYNTAX",
	remedy: ""
};
const PYTHON_LOCKS = /^(?:(?:poetry|uv|pdm|pixi|Pipfile)\.lock|pylock(?:\..+)?\.toml|conda-lock\.yml|requirements.*\.txt)$/;
const MANIFESTS = [
	{
		name: "package.json",
		locks: /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock)$/,
		asks(text, path) {
			const manifest = parseJson({
				path,
				text
			}, HELP);
			return [
				"dependencies",
				"devDependencies",
				"optionalDependencies"
			].some((kind) => hasKeys(tableField(manifest, kind)));
		}
	},
	{
		name: "pyproject.toml",
		locks: PYTHON_LOCKS,
		asks(text, path) {
			const { value } = parseToml({
				path,
				text
			}, HELP);
			const { python: _python, ...wanted } = tableField(tableField(tableField(value, "tool"), "poetry"), "dependencies");
			return arrayField(tableField(value, "project"), "dependencies").length > 0 || hasKeys(wanted);
		}
	},
	{
		name: "Pipfile",
		locks: PYTHON_LOCKS,
		asks: (text) => /^\[(?:dev-)?packages\]/m.test(text)
	},
	{
		name: "Cargo.toml",
		locks: /^Cargo\.lock$/,
		asks(text, path) {
			const { value } = parseToml({
				path,
				text
			}, HELP);
			return [
				"dependencies",
				"dev-dependencies",
				"build-dependencies",
				"workspace"
			].some((kind) => hasKeys(tableField(value, kind)));
		}
	},
	{
		name: "go.mod",
		locks: /^go(?:\.work)?\.sum$/,
		asks: (text) => /^require[ \t(]/m.test(text)
	}
];
function hasKeys(table) {
	return isTable(table) && Object.keys(table).length > 0;
}
/** Finds what nobody checks: dependencies without a lock, and locks that Assay does not read. */
function unlockedFindings(tree) {
	const paths = tree.paths.filter((path) => !isFixture(path));
	return [...bounded(MISSING_LOCKFILE, [...manifestsWithoutLock({
		...tree,
		paths
	})]), ...bounded(UNSUPPORTED, [...unsupportedLocks({
		...tree,
		paths
	})])];
}
function* unsupportedLocks({ paths, ecosystems }) {
	for (const path of paths) {
		const name = baseName(path);
		const manager = LOCKFILES.get(name);
		if (manager === void 0 || ecosystems.some((ecosystem) => ecosystem.recognises(name))) continue;
		yield {
			path,
			message: `"${path}" locks dependencies for ${manager}, which Assay does not read`
		};
	}
}
function* manifestsWithoutLock({ paths, read }) {
	for (const manifest of MANIFESTS) {
		const locked = new Set(paths.filter((path) => manifest.locks.test(baseName(path))).map(folderOf));
		for (const path of paths) {
			if (baseName(path) !== manifest.name || foldersAbove(path).some((above) => locked.has(above))) continue;
			if (asksFor(manifest, path, read)) yield {
				path,
				message: `"${path}" asks for dependencies, and no lockfile pins them`
			};
		}
	}
}
/** A manifest that cannot be read is its package manager's matter. */
function asksFor({ asks }, path, read) {
	try {
		return asks(read(path)?.text ?? "", path);
	} catch {
		return false;
	}
}
function folderOf(path) {
	return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
/** The folder it lies in, and all above it; the last is the checkout itself. */
function foldersAbove(path) {
	const folders = [];
	for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
	return [...folders, ""];
}
/** One finding per path, but no more than a person reads. */
function bounded(rule, seen) {
	const rest = seen.length - MAX_FINDINGS$1;
	const findings = seen.slice(0, MAX_FINDINGS$1).map(({ path, message }) => require_finding.findingOf(rule, {
		subject: path,
		message,
		locations: [{ path }]
	}));
	if (rest <= 0) return findings;
	return [...findings, require_finding.findingOf(rule, {
		subject: ".",
		message: `The same holds for ${rest} more files`
	})];
}
// src/formats/yaml.ts
/** As `readYaml`, for what every run loads: the parser is most of all code, and comes when there is something to read. */
async function parseYaml(text) {
	const { readYaml } = await Promise.resolve().then(() => require("./chunk-yaml-tree.js")).then((n) => n.yaml_tree_exports);
	return readYaml(text);
}
// src/policy/publishers-yaml.ts
const MAX_RULES$2 = 1e3;
const MAX_PACKAGES = 1e3;
const MAX_CHARS$1 = 1e3;
/** Forms of the texts of a rule; schema/policy-v1.schema.json has the same. */
const FORMS = {
	packages: {
		pattern: /^pkg:[a-z]+\/[^\s@?#]+$/,
		expected: "a package URL without version, such as \"pkg:npm/%40octo/*\""
	},
	repository: {
		pattern: /^https:\/\/(?:github\.com|gitlab\.com)\/[^/\s@?#]+(?:\/[^/\s@?#]+)+$/,
		expected: "the address of a repository at github.com or gitlab.com, such as \"https://github.com/octo/lib\""
	},
	workflow: {
		pattern: /^[^/\s@][^\s@]*$/,
		expected: "the path of a workflow, such as \".github/workflows/release.yml\""
	},
	ref: {
		pattern: /^refs\/\S+$/,
		expected: "a full ref, such as \"refs/tags/v*\""
	},
	builder: {
		pattern: /^https:\/\/(?:github\.com|gitlab\.com)\/[^\s@]+$/,
		expected: "the address of a reusable workflow without its ref"
	}
};
/** Reads `publishers` of a policy. */
function readPublishers(reading, placed) {
	return readList(reading, placed, MAX_RULES$2).flatMap((item) => readRule$1(reading, item) ?? []);
}
function readRule$1(reading, placed) {
	const fields = readMap(reading, placed, {
		packages: true,
		repository: true,
		workflow: false,
		ref: false,
		builder: false
	});
	const packages = fields.packages && readPackages(reading, fields.packages);
	const text = (name) => {
		const field = fields[name];
		return field && readForm(reading, field, {
			...FORMS[name],
			most: MAX_CHARS$1
		});
	};
	const [repository, workflow, ref, builder] = [
		text("repository"),
		text("workflow"),
		text("ref"),
		text("builder")
	];
	if (packages === void 0 || repository === void 0) return void 0;
	return {
		packages,
		repository,
		...workflow !== void 0 && { workflow },
		...ref !== void 0 && { ref },
		...builder !== void 0 && { builder }
	};
}
function readPackages(reading, placed) {
	const list = readList(reading, placed, MAX_PACKAGES);
	if (placed.node.kind === "list" && placed.node.items.length === 0) return refuse(reading, placed, "at least one package URL");
	return list.flatMap((item) => readForm(reading, item, {
		...FORMS.packages,
		most: MAX_CHARS$1
	}) ?? []);
}
// src/policy/vendor-yaml.ts
const MAX_RULES$1 = 1e3;
const MAX_ITEMS = 1e3;
const MAX_CHARS = 1e3;
/** Form of a pattern; schema/policy-v1.schema.json has the same. */
const PATTERN = /^[\w.+*?/-]+$/;
/** Reads `vendor` of a policy. */
function readVendor(reading, placed) {
	const fields = readMap(reading, placed, {
		"allow-legacy": false,
		keys: false
	});
	const allowLegacy = fields["allow-legacy"] && readFlag(reading, fields["allow-legacy"]);
	const rules = fields.keys ? readList(reading, fields.keys, MAX_RULES$1) : [];
	return {
		allowLegacy: allowLegacy ?? false,
		keys: rules.flatMap((item) => readRule(reading, item) ?? [])
	};
}
function readRule(reading, placed) {
	const fields = readMap(reading, placed, {
		packs: true,
		pubkeys: true
	});
	const packs = fields.packs && readSome(reading, fields.packs, readPattern);
	const pubkeys = fields.pubkeys && readSome(reading, fields.pubkeys, readKey);
	return packs && pubkeys ? {
		packs,
		pubkeys
	} : void 0;
}
function readSome(reading, placed, read) {
	const items = readList(reading, placed, MAX_ITEMS);
	if (placed.node.kind === "list" && placed.node.items.length === 0) return refuse(reading, placed, "at least one entry");
	return items.flatMap((item) => read(reading, item) ?? []);
}
function readPattern(reading, placed) {
	const expected = "the name of a vendored folder in its lock, such as \"zlib\" or \"acme/*\"";
	const text = readText$1(reading, placed, {
		expected,
		most: MAX_CHARS
	});
	if (text === void 0) return void 0;
	return PATTERN.test(text) ? text : refuse(reading, placed, expected);
}
function readKey(reading, placed) {
	const expected = "a public key of minisign, such as \"RWQ…\"";
	const text = readText$1(reading, placed, {
		expected,
		most: MAX_CHARS
	});
	if (text === void 0) return void 0;
	const key = parseMinisignKey(text);
	if (typeof key !== "string" && key.text === text) return text;
	const found = typeof key === "string" ? key : "more than its line";
	const message = `"${placed.name}" is ${found}, expected ${expected}`;
	reading.faults.push({
		line: placed.node.line,
		message
	});
}
// src/policy/policy-yaml.ts
/** Largest policy file, in bytes. */
const MAX_POLICY_BYTES = 131072;
/** Most faults that one message names. */
const MAX_FAULTS = 10;
const MAX_WAIVERS = 1e3;
const MAX_PATTERNS = 1e3;
const MAX_REASON = 2e3;
const MAX_SUBJECT = 1e3;
const COSTS = [...require_finding.SEVERITIES, "ignore"];
/**
* Parses `.github/assay.yml`. Everything that is wrong is said at once, each with its line.
*
* @param path how messages name the file
* @throws InputError `POLICY_INVALID`
* @see schema/policy-v1.schema.json
*/
async function parsePolicy(text, path, vocabulary) {
	if (Buffer.byteLength(text) > 131072) throw invalid$1(path, [{ message: `it has more than ${MAX_POLICY_BYTES} bytes` }]);
	const root = await parseYaml(text);
	if (!("kind" in root)) throw invalid$1(path, root);
	const reading = { faults: [] };
	const policy = readPolicy(reading, root, vocabulary);
	if (reading.faults.length > 0) throw invalid$1(path, reading.faults);
	return policy;
}
function invalid$1(path, faults) {
	const named = faults.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)).slice(0, MAX_FAULTS).map(({ line, message }) => line === void 0 ? message : `line ${line}: ${message}`);
	const rest = faults.length - named.length;
	return new require_errors.InputError({
		code: "POLICY_INVALID",
		message: `Cannot use policy "${path}": ${named.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`,
		remedy: "Correct these lines; `schema/policy-v1.schema.json` of Assay says what is allowed, also to an editor"
	});
}
function readPolicy(reading, node, vocabulary) {
	const file = readMap(reading, {
		name: "",
		node
	}, {
		apiVersion: true,
		kind: true,
		spec: true
	});
	if (file.apiVersion) readWord(reading, file.apiVersion, ["assay.dev/v1"]);
	if (file.kind) readWord(reading, file.kind, ["Policy"]);
	const spec = file.spec ? readMap(reading, file.spec, {
		"fail-on": false,
		outcomes: false,
		rules: false,
		waivers: false,
		exclude: false,
		publishers: false,
		vendor: false
	}) : {};
	return {
		failOn: (spec["fail-on"] && readWord(reading, spec["fail-on"], [...require_finding.SEVERITIES, "none"])) ?? DEFAULT_POLICY.failOn,
		outcomes: {
			...DEFAULT_POLICY.outcomes,
			...spec.outcomes && readOutcomes(reading, spec.outcomes)
		},
		rules: spec.rules ? readRules(reading, spec.rules, vocabulary) : {},
		waivers: spec.waivers ? readWaivers(reading, spec.waivers, vocabulary) : [],
		exclude: spec.exclude ? readPatterns(reading, spec.exclude) : [],
		publishers: spec.publishers ? readPublishers(reading, spec.publishers) : [],
		vendor: spec.vendor ? readVendor(reading, spec.vendor) : DEFAULT_POLICY.vendor
	};
}
function readOutcomes(reading, placed) {
	const { contradicted, absent, unavailable } = readMap(reading, placed, {
		contradicted: false,
		absent: false,
		unavailable: false
	});
	const severity = contradicted && readWord(reading, contradicted, require_finding.SEVERITIES);
	const costs = Object.entries({
		absent,
		unavailable
	}).flatMap(([outcome, cost]) => {
		const word = cost && readWord(reading, cost, COSTS);
		return word === void 0 ? [] : [[outcome, word]];
	});
	return {
		...severity !== void 0 && { contradicted: severity },
		...Object.fromEntries(costs)
	};
}
function readRules(reading, placed, vocabulary) {
	const entries = readEntries(reading, placed).flatMap(({ key, line, value }) => {
		const known = isKnownRule(reading, {
			key,
			line
		}, vocabulary);
		const word = readWord(reading, {
			name: `${placed.name}.${key}`,
			node: value
		}, [...require_finding.SEVERITIES, "off"]);
		return known && word !== void 0 ? [[key, word]] : [];
	});
	return Object.fromEntries(entries);
}
function isKnownRule({ faults }, { key, line }, { rules, fixed }) {
	if (fixed.has(key)) {
		const message = `rule ${JSON.stringify(key)} cannot be waived or changed: leave out of \`verify\` what need not be verified`;
		faults.push({
			line,
			message
		});
		return false;
	}
	if (rules.has(key)) return true;
	const nearest = nearestOf(key, rules);
	const hint = nearest === void 0 ? "docs/findings.md lists them" : `did you mean "${nearest}"?`;
	faults.push({
		line,
		message: `there is no rule ${JSON.stringify(key)}, ${hint}`
	});
	return false;
}
function readWaivers(reading, placed, vocabulary) {
	return readList(reading, placed, MAX_WAIVERS).flatMap((item) => {
		const waiver = readWaiver(reading, item, vocabulary);
		return waiver ? [waiver] : [];
	});
}
function readWaiver(reading, placed, vocabulary) {
	const fields = readMap(reading, placed, {
		rule: true,
		subject: false,
		reason: true,
		expires: true
	});
	const rule = fields.rule && readText$1(reading, fields.rule, {
		expected: "the id of a rule",
		most: MAX_SUBJECT
	});
	if (rule !== void 0 && fields.rule) {
		if (vocabulary.unwaivable.has(rule)) refuse(reading, fields.rule, "a rule that is not about the policy itself");
		else isKnownRule(reading, {
			key: rule,
			line: fields.rule.node.line
		}, vocabulary);
	}
	const subject = fields.subject && readText$1(reading, fields.subject, {
		expected: "the subject of a finding, such as \"pkg:npm/left-pad@1.3.0\"",
		most: MAX_SUBJECT
	});
	const reason = fields.reason && readText$1(reading, fields.reason, {
		expected: "why it is accepted",
		most: MAX_REASON
	});
	const expires = fields.expires && readDate(reading, fields.expires);
	if (rule === void 0 || reason === void 0 || expires === void 0) return void 0;
	const { line } = placed.node;
	return {
		rule,
		...subject !== void 0 && { subject },
		reason,
		expires,
		line
	};
}
/** A day that exists. */
function readDate(reading, placed) {
	const { node } = placed;
	const text = node.kind === "scalar" && typeof node.value === "string" ? node.value : "";
	const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? /* @__PURE__ */ new Date(`${text}T00:00:00Z`) : void 0;
	return time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text) ? text : refuse(reading, placed, "the last day it holds, such as 2027-01-31");
}
function readPatterns(reading, placed) {
	return readList(reading, placed, MAX_PATTERNS).flatMap((item) => {
		const { node } = item;
		const text = node.kind === "scalar" && typeof node.value === "string" ? node.value : void 0;
		if (text === void 0) {
			refuse(reading, item, "a pattern of paths, such as \"examples/\"");
			return [];
		}
		const pattern = parsePathPattern(text);
		if (typeof pattern !== "string") return [text];
		const message = `"${item.name}" cannot be a pattern: ${JSON.stringify(text)} ${pattern}`;
		reading.faults.push({
			line: node.line,
			message
		});
		return [];
	});
}
// src/stages/policy-file.ts
const BASE_UNREADABLE$1 = {
	id: "policy-file/base-unreadable",
	title: "The policy of the base branch cannot be read",
	severity: "high",
	why: "The pull request was judged by the built-in defaults, and what the project asks for may be stricter. The policy that the pull request itself brings is never used.",
	remedy: "Give the job `permissions: contents: read` and Assay its `github-token`, or check out with `fetch-depth: 0`."
};
const AFTER_MERGE = {
	id: "policy-file/change-after-merge",
	title: "A change of the policy takes effect after the merge",
	severity: "info",
	why: "A pull request is judged by the policy of its base branch, so that no change can weaken its own gate.",
	remedy: "Review the change of the policy as carefully as a change of permissions."
};
const INVALID_AFTER_MERGE = {
	id: "policy-file/invalid-after-merge",
	title: "The policy of the pull request is not valid",
	severity: "high",
	why: "Once merged, it would end every run with an error.",
	remedy: "Correct the lines that the message names."
};
/** Reads the policy: from the base commit on a pull request, so that no change can weaken its own gate. */
const policyFile = defineStage({
	id: "policy-file",
	title: "Read the policy",
	needs: { checkout },
	rules: [
		BASE_UNREADABLE$1,
		AFTER_MERGE,
		INVALID_AFTER_MERGE
	],
	essential: true,
	async run(context, { checkout: where }) {
		const { host, settings } = context;
		const path = pathInCheckout(host.files.root, settings.config);
		const reading = {
			context,
			path,
			explicit: path !== DEFAULT_POLICY_PATH
		};
		const { policy, findings } = where.base ? await fromBase(reading, where) : {
			policy: await fromCheckout(reading),
			findings: []
		};
		const output = {
			...policy,
			failOn: settings.failOn ?? policy.failOn
		};
		return {
			output,
			findings,
			stats: {
				rules: Object.keys(output.rules).length,
				waivers: output.waivers.length
			}
		};
	}
});
/** @throws InputError `INPUT_INVALID` for a place outside of the checkout */
function pathInCheckout(root, config) {
	const inside = (0, node_path.isAbsolute)(config) ? (0, node_path.relative)(root, config) : config;
	const path = node_path.posix.normalize(inside.replaceAll("\\", "/"));
	if (!path.startsWith("../") && !(0, node_path.isAbsolute)(path)) return path;
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot read policy "${config}": found a place outside of the checkout, expected one inside`,
		remedy: "Give `config-file` a path relative to `path`"
	});
}
async function fromCheckout(reading) {
	const text = headText(reading);
	if (text !== void 0) return parsed(reading, text);
	if (reading.explicit) throw missing(reading.path, "the checkout");
	return DEFAULT_POLICY;
}
async function fromBase(reading, where) {
	const { context, path, explicit } = reading;
	const commit = where.base?.commit ?? "";
	const base = baseFilesOf(context, where);
	if (!base) return unreadable$1(path, "its commit could not be found");
	let text;
	try {
		text = (await base.readTexts([path], MAX_POLICY_BYTES * 2)).get(path);
	} catch (error) {
		if (!(error instanceof require_errors.AssayError)) throw error;
		return unreadable$1(path, require_errors.messageOf(error));
	}
	const head = headText(reading);
	if (text === void 0 && head === void 0 && explicit) throw missing(path, `the checkout, nor in base commit ${commit}`);
	return {
		policy: text === void 0 ? DEFAULT_POLICY : await parsed(reading, text, commit),
		findings: await changeFindings(reading, text, head)
	};
}
function unreadable$1(path, why) {
	const message = `The base's policy "${path}" cannot be read: ${why}`;
	return {
		policy: DEFAULT_POLICY,
		findings: [require_finding.findingOf(BASE_UNREADABLE$1, {
			subject: path,
			message
		})]
	};
}
/** What the pull request does to the policy. */
async function changeFindings(reading, base, head) {
	const { path } = reading;
	if (base === head) return [];
	const about = {
		subject: path,
		locations: [{ path }]
	};
	const message = `This pull request ${base === void 0 ? "adds" : head === void 0 ? "removes" : "changes"} "${path}": that takes effect after the merge`;
	const change = require_finding.findingOf(AFTER_MERGE, {
		...about,
		message
	});
	if (head === void 0) return [require_finding.findingOf(AFTER_MERGE, {
		subject: path,
		message
	})];
	try {
		await parsed(reading, head);
		return [change];
	} catch (error) {
		if (!(error instanceof require_errors.InputError)) throw error;
		return [change, require_finding.findingOf(INVALID_AFTER_MERGE, {
			...about,
			message: error.message
		})];
	}
}
async function parsed({ context, path }, text, commit) {
	const policy = await parsePolicy(text, commit === void 0 ? path : `${path} of base commit ${commit}`, vocabularyOf(context));
	const sha256 = (0, node_crypto.createHash)("sha256").update(text).digest("hex");
	return {
		...policy,
		source: {
			path,
			...commit !== void 0 && { commit },
			sha256
		}
	};
}
function vocabularyOf({ rules }) {
	const ids = rules.map(({ id }) => id);
	return {
		rules: new Set(ids),
		unwaivable: new Set(ids.filter((id) => /^policy(?:-file)?\//.test(id))),
		fixed: new Set(rules.flatMap(({ id, severity }) => id.startsWith("verify/") && severity === "critical" ? id : []))
	};
}
/** @throws InputError `POLICY_INVALID` when it cannot be read */
function headText({ context, path }) {
	try {
		return context.host.files.readText(path, MAX_POLICY_BYTES);
	} catch (error) {
		if (!(error instanceof require_errors.ParseError)) throw error;
		const { message, remedy } = error;
		throw new require_errors.InputError({
			code: "POLICY_INVALID",
			message,
			remedy,
			cause: error
		});
	}
}
function missing(path, where) {
	return new require_errors.InputError({
		code: "POLICY_INVALID",
		message: `Cannot read policy "${path}": there is no such file in ${where}`,
		remedy: `Create it, or leave \`config-file\` out to use ${DEFAULT_POLICY_PATH} where there is one`
	});
}
// src/stages/inventory.ts
/** Reads every lockfile of the checkout. No network, but for the base of a pull request. */
const inventory = defineStage({
	id: "inventory",
	title: "List dependencies",
	needs: {
		checkout,
		policy: policyFile
	},
	rules: [
		UNREADABLE,
		UNREADABLE_FIXTURE,
		NO_LOCKFILE,
		MISSING_LOCKFILE,
		UNSUPPORTED,
		UNSEEN,
		BASE_UNREADABLE$2
	],
	essential: true,
	async run(context, { checkout: where, policy }) {
		const { host, settings } = context;
		const patterns = excludePatterns(settings.exclude, policy);
		const walk = await walkCheckout(context, patterns);
		const files = baseFilesOf(context, where);
		const ecosystems = walk.paths.length + walk.irregular.length === 0 && !files ? [] : await allEcosystems();
		const tree = {
			ecosystems,
			paths: walk.paths,
			read: readerOf(walk.paths, (path) => host.files.readText(path, MAX_LOCKFILE_BYTES))
		};
		const candidates = lockfilesIn(tree);
		const { found, findings } = await extractAll(context, candidates);
		const merged = mergeExtractions(found);
		const scope = {
			patterns,
			ecosystems,
			known: candidates.map(({ path }) => path)
		};
		const base = files && await tryBase(() => readBase(files, scope));
		const output = {
			...merged,
			...base?.result && { base: base.result.inventory }
		};
		const all = [
			...foldFixtures(findings),
			...noLockfile(candidates),
			...unlockedFindings(tree),
			...unseenFindings(walk),
			...irregularFindings(walk.irregular, ecosystems),
			...base?.finding ? [base.finding] : []
		];
		return {
			output,
			findings: all,
			section: sectionOf$5({
				found,
				gaps: merged.gaps,
				tree: walk,
				...base?.result && { base: base.result }
			}),
			stats: statsOf(output, all, found)
		};
	}
});
async function allEcosystems() {
	const { ECOSYSTEMS } = await Promise.resolve().then(() => require("./chunk-ecosystems.js"));
	return ECOSYSTEMS;
}
/** Reads each lockfile by itself: one that is damaged, or that finds a fault of ours, takes no other with it. */
async function extractAll({ host, signal }, candidates) {
	const found = [];
	const findings = [];
	const progress = host.progress("Reading lockfiles", candidates.length);
	try {
		for (const candidate of candidates) {
			await (0, node_timers_promises.setImmediate)();
			if (signal.aborted) throw ended();
			try {
				found.push({
					candidate,
					extraction: candidate.extract()
				});
			} catch (error) {
				findings.push(unreadable(candidate, error, host.log));
			}
			progress.advance();
		}
	} finally {
		progress.done();
	}
	return {
		found,
		findings
	};
}
function ended() {
	return new require_errors.CancelledError({
		code: "CANCELLED",
		message: "The run was ended while lockfiles were read",
		remedy: "Run it again, and let it finish"
	});
}
function unreadable({ path, fixture }, error, log) {
	const rule = fixture ? UNREADABLE_FIXTURE : UNREADABLE;
	if (error instanceof require_errors.ParseError) {
		const line = error.line === void 0 ? {} : { line: error.line };
		const locations = [{
			path: error.path ?? path,
			...line
		}];
		return require_finding.findingOf(rule, {
			subject: path,
			message: error.message,
			locations
		});
	}
	if (Error.isError(error)) log.debug(error.stack ?? "");
	const { code, message, remedy } = require_errors.problemOf(error);
	return require_finding.findingOf(rule, {
		subject: path,
		message: `Cannot read "${path}": ${code}, ${message}. ${remedy}`,
		locations: [{ path }]
	});
}
/** Most damaged fixtures that are named. */
const MAX_FIXTURES_NAMED = 10;
/** Damaged test data is one thing to know, however much of it there is. */
function foldFixtures(findings) {
	const data = findings.filter(({ rule }) => rule === UNREADABLE_FIXTURE);
	if (data.length <= 1) return findings;
	const named = data.slice(0, MAX_FIXTURES_NAMED);
	const rest = data.length - named.length;
	const names = named.map(({ subject }) => subject).join(", ");
	const folded = require_finding.findingOf(UNREADABLE_FIXTURE, {
		subject: ".",
		message: `${data.length} lockfiles among test data cannot be read: ${names}${rest > 0 ? ` and ${rest} more` : ""}`,
		locations: named.flatMap(({ locations }) => locations)
	});
	return [...findings.filter(({ rule }) => rule !== UNREADABLE_FIXTURE), folded];
}
function noLockfile(candidates) {
	if (candidates.some(({ fixture }) => !fixture)) return [];
	const message = `No lockfile that Assay reads is in the checkout${candidates.length === 0 ? "" : `, but for ${candidates.length} among test data`}`;
	return [require_finding.findingOf(NO_LOCKFILE, {
		subject: ".",
		message
	})];
}
/** Most places that are named one by one. */
const MAX_UNSEEN_FINDINGS = 20;
function unseenFindings({ unseen, unseenCount }) {
	const named = unseen.slice(0, MAX_UNSEEN_FINDINGS).map(({ path, reason }) => require_finding.findingOf(UNSEEN, {
		subject: path,
		message: `"${path}" could not be looked at: ${reason}`,
		locations: [{ path }]
	}));
	const rest = unseenCount - named.length;
	if (rest <= 0) return named;
	const message = `${rest} more places could not be looked at`;
	return [...named, require_finding.findingOf(UNSEEN, {
		subject: ".",
		message
	})];
}
/** A package manager may follow a link that we do not, so a lockfile that is none for us is not nothing. */
function irregularFindings(irregular, ecosystems) {
	return irregular.filter((path) => ecosystems.some((ecosystem) => ecosystem.recognises(baseName(path)))).slice(0, MAX_UNSEEN_FINDINGS).map((path) => require_finding.findingOf(UNSEEN, {
		subject: path,
		message: `"${path}" was not read: it is a link that leads outside of the checkout or to no file, or no regular file`,
		locations: [{ path }]
	}));
}
/** What cannot be compared counts as changed; it does not end the run. */
async function tryBase(read) {
	try {
		return { result: await read() };
	} catch (error) {
		if (!(error instanceof require_errors.AssayError)) throw error;
		return { finding: require_finding.findingOf(BASE_UNREADABLE$2, {
			subject: ".",
			message: require_errors.messageOf(error)
		}) };
	}
}
function statsOf({ components, lockfiles, gaps }, findings, found) {
	const unread = findings.filter(({ rule }) => INCOMPLETE.includes(rule)).length;
	const data = lockfiles.filter(({ fixture }) => fixture);
	const ours = components.filter(({ fixture }) => fixture === void 0);
	const dataGaps = found.filter(({ candidate }) => candidate.fixture).reduce((sum, { extraction }) => sum + extraction.gaps.length, 0);
	return {
		lockfiles: lockfiles.length - data.length,
		components: ours.length,
		edges: ours.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0),
		gaps: gaps.length - dataGaps,
		...unread > 0 && { unread },
		...data.length > 0 && {
			testDataLockfiles: data.length,
			testDataComponents: components.length - ours.length,
			testDataGaps: dataGaps
		}
	};
}
// src/stages/integrity.ts
/** Files under examination per request that may be under way: some wait for an index page or for a hash. */
const FILES_PER_REQUEST = 4;
/** Compares every locked digest with the bytes that the registry serves. */
const integrity = defineStage({
	id: "integrity",
	title: "Verify locked digests",
	needs: { inventory },
	rules: Object.values(rules_exports$5),
	async run(context, inputs) {
		const found = inputs.inventory;
		if (found.components.length === 0) {
			const { mode } = planOf$1(found, context.settings.integrity);
			return {
				output: { mode },
				nothing: NO_DEPENDENCY,
				stats: { files: 0 }
			};
		}
		const { REGISTRIES } = await Promise.resolve().then(() => require("./chunk-services.js"));
		return verifyLocked(context, found, REGISTRIES);
	}
});
/** The stage over given registries. Never throws for what a registry does: that is `unavailable`. */
async function verifyLocked(context, found, registries) {
	const started = performance.now();
	const { host, settings, signal } = context;
	const plan = planOf$1(found, settings.integrity);
	const http = counted$2(host.http);
	const clients = clientsOf(registries, {
		host: {
			...host,
			http
		},
		signal,
		goChecksumDatabase: settings.goChecksumDatabase,
		lockfiles: found.lockfiles.filter(({ fixture }) => !fixture).map(({ path }) => path)
	});
	const examiner = {
		host,
		mode: plan.mode,
		reader: byteReader(http, signal),
		clientOf: clients.of,
		stopped: () => signal.aborted ? ENDED$1 : settings.offline ? OFFLINE$1 : void 0
	};
	const progress = host.progress("Verifying locked digests", plan.items.length);
	try {
		const limit = settings.concurrency * FILES_PER_REQUEST;
		const observations = await inParallel(plan.items, limit, async (item) => {
			const observation = await examine(examiner, item);
			progress.advance();
			return observation;
		});
		const durationMs = performance.now() - started;
		return resultOf$1(plan, observations, {
			...http.counts(),
			durationMs
		});
	} finally {
		progress.done();
		await clients.close();
	}
}
function resultOf$1(plan, observations, effort) {
	const [verified = 0, ...others] = OUTCOMES$2.map((outcome) => countOf$1(observations, outcome));
	const [contradicted = 0, absent = 0, unavailable = 0] = others;
	const nothing = whyEmpty$1(plan);
	return {
		output: { mode: plan.mode },
		...nothing !== void 0 && { nothing },
		findings: findingsOf$1(observations),
		evidence: observations.flatMap(({ evidence, more }) => [evidence, ...more]),
		section: sectionOf$6(plan, observations, effort),
		stats: {
			files: plan.items.length,
			verified,
			byIndexOnly: countByIndex(observations),
			contradicted,
			absent,
			unavailable,
			...plan.skipped,
			bytesRead: effort.bytesRead,
			requests: effort.requests
		}
	};
}
function counted$2(http) {
	let [requests, bytesRead] = [0, 0];
	return {
		async fetch(request) {
			requests++;
			const answer = await http.fetch(request);
			bytesRead += answer.bytes;
			return answer;
		},
		counts: () => ({
			requests,
			bytesRead
		})
	};
}
/** Connects to the registries of an ecosystem when the first file asks, once. */
function clientsOf(registries, context) {
	const made = /* @__PURE__ */ new Map();
	const connect = (ecosystem) => {
		try {
			const client = registries.find((candidate) => candidate.ecosystem === ecosystem)?.connect(context);
			return () => client;
		} catch (error) {
			return () => {
				throw error;
			};
		}
	};
	return {
		of(ecosystem) {
			const client = made.get(ecosystem) ?? connect(ecosystem);
			made.set(ecosystem, client);
			return client();
		},
		async close() {
			for (const client of made.values()) try {
				await client()?.close?.();
			} catch {}
		}
	};
}
// src/policy/headline.ts
/**
* The one sentence that a person reads. What was not looked at belongs in it: a run that verified nothing
* must not read like one that verified everything.
*/
function headlineOf(decided) {
	const { conclusion, causes } = decided;
	const why = causes.length === 0 ? "" : ` for ${counted$1(causes.length, "cause")}`;
	return [`${conclusion === "pass" ? "Pass" : "Fail"}${why}: ${checksOf(decided)}`, ...notesOf(decided)].join("; ");
}
/** Whether it compares bytes or digests with what the lock promises; all else says more about the same bytes. */
function isOfBytes({ kind }) {
	return kind === "digest" || kind === "index-digest";
}
function checksOf({ reports }) {
	const gate = reports.find(({ stage }) => stage === "verify");
	if (gate !== void 0) return subjectsOf(gate);
	const evidence = oncePerFile(reports.flatMap((report) => report.evidence).filter(isOfBytes));
	const verified = evidence.filter(({ outcome }) => outcome === "verified");
	const others = countsOf$1(evidence, [
		"contradicted",
		"absent",
		"unavailable"
	]);
	if (verified.length > 0) return [`${verified.length} verified${weakly(verified)}`, ...others].join(", ");
	return ["nothing was verified", ...others.length > 0 ? others : whyNothing(reports)].join(", ");
}
/** Of `mode: verify`, whose subjects are all that counts. */
function subjectsOf({ status, stats }) {
	const { subjects = 0, verified = 0 } = stats;
	if (status !== "completed" || subjects === 0) return "nothing was verified";
	return `${verified} of ${counted$1(subjects, "subject")} verified`;
}
/** Where the bytes were read, an index that states the same digest adds no file to the count. */
function oncePerFile(evidence) {
	const read = new Set(evidence.filter(({ kind }) => kind === "digest").map(keyOf$1));
	return evidence.filter((item) => item.kind === "digest" || item.outcome !== "verified" || item.observed === void 0 || !read.has(keyOf$1(item)));
}
function keyOf$1({ subject, file, observed }) {
	return JSON.stringify([
		subject,
		file,
		observed?.hex
	]);
}
function countsOf$1(evidence, outcomes) {
	return outcomes.map((outcome) => [outcome, evidence.filter((item) => item.outcome === outcome).length]).filter(([, count]) => count > 0).map(([outcome, count]) => `${count} ${outcome}`);
}
const OUTCOMES$1 = [
	"verified",
	"contradicted",
	"absent",
	"unavailable"
];
/** What was said besides, by logs and signers. */
function furtherOf(reports) {
	const evidence = reports.filter(({ stage }) => stage !== "sign").flatMap((report) => report.evidence);
	const own = reports.filter(({ stage }) => stage === "sign").flatMap((report) => report.evidence);
	return [
		["public logs", evidence.filter(({ kind }) => kind === "inclusion-proof")],
		["signatures", evidence.filter(isOfSigner)],
		["signed and read back", own.filter(isOfSigner)]
	].flatMap(([title, group]) => group.length === 0 ? [] : [`${title}: ${countsOf$1(group, OUTCOMES$1).join(", ")}`]);
}
function isOfSigner({ kind }) {
	return kind === "signature" || kind === "attestation";
}
/** No bytes were read of what only an index states. */
function weakly(verified) {
	const weak = verified.filter(({ kind }) => kind === "index-digest").length;
	if (weak === 0) return "";
	return weak === verified.length ? " by the index only" : ` (${weak} by the index only)`;
}
/** The reason, where a report gives one. */
function whyNothing(reports) {
	if (reports.find(({ stage }) => stage === "inventory")?.stats["components"] === 0) return ["no dependency was found"];
	const integrity = reports.find(({ stage }) => stage === "integrity");
	if (integrity === void 0) return [];
	const unchanged = integrity.stats["unchanged"] ?? 0;
	if (unchanged > 0) return [`${unchanged} locked as in the base commit`];
	return integrity.status === "completed" ? [] : [`integrity was ${integrity.status}`];
}
function notesOf({ reports, findings, policy, offline }) {
	const waived = findings.filter(({ waiver }) => waiver !== void 0).length;
	const ended = reports.some(({ problem }) => problem?.code === "CANCELLED");
	const { unread = 0, gaps = 0 } = reports.find(({ stage }) => stage === "inventory")?.stats ?? {};
	const noun = waived > 0 ? `, ${waived} waived` : "";
	return [
		...furtherOf(reports),
		...unread > 0 ? [`${counted$1(unread, "place")} could not be inventoried`] : [],
		...gaps > 0 ? [`${counted$1(gaps, "gap")} in the inventory`] : [],
		...ended ? ["the run was ended early"] : [],
		...offline ? ["no network was used"] : [],
		...findings.length > 0 ? [`${counted$1(findings.length, "finding")}${noun}`] : [],
		...policy.failOn === "none" ? ["no finding fails under this policy"] : []
	];
}
function counted$1(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
// src/policy/waivers.ts
/** Marks findings that a waiver accepts, by the first that does. An expired one accepts nothing. */
function applyWaivers(findings, waivers, now) {
	const holding = waivers.filter((waiver) => !isExpired(waiver, now));
	const byRule = Map.groupBy(holding, ({ rule }) => rule);
	return findings.map((finding) => {
		const waiver = byRule.get(finding.rule.id)?.find((candidate) => accepts(candidate, finding));
		if (!waiver) return finding;
		return {
			...finding,
			waiver: {
				reason: waiver.reason,
				expires: waiver.expires
			}
		};
	});
}
/** Whether a waiver is about a finding, expired or not. */
function accepts({ rule, subject }, finding) {
	if (rule !== finding.rule.id) return false;
	return subject === void 0 || subjectMatches(subject, finding.subject);
}
/** `*` stands for any text; `?` is itself, because it begins the qualifiers of a purl. */
function subjectMatches(pattern, subject) {
	if (!pattern.includes("*")) return pattern === subject;
	return require_wildcard.sequenceMatches(Array.from(pattern), Array.from(subject), (part, char) => part === "*" ? "any" : part === char);
}
/** It holds to the end of its last day, in UTC. */
function isExpired({ expires }, now) {
	return expires < now.toISOString().slice(0, 10);
}
// src/policy/judge.ts
/**
* Decides whether a run fails. Pure: same reports, policy and circumstances, same verdict. Every cause counts
* by itself, so that nothing that is found besides can turn a fail into a pass.
*/
function judge(reports, policy, circumstances) {
	const findings = judgedFindings(reports, policy, circumstances.now);
	const causes = [...reports.flatMap(erroredCause), ...[...findings.filter((finding) => finding.waiver === void 0).map(findingCause), ...reports.flatMap((report) => outcomeCauses(report, policy))].filter(({ severity }) => fails(severity, policy)).sort((a, b) => require_finding.SEVERITIES.indexOf(a.severity) - require_finding.SEVERITIES.indexOf(b.severity)).map(({ text }) => text)];
	const conclusion = causes.length === 0 ? "pass" : "fail";
	return {
		conclusion,
		headline: headlineOf({
			conclusion,
			causes,
			findings,
			reports,
			policy,
			...circumstances
		}),
		causes,
		findings
	};
}
/** Findings as the policy wants them: severities set, switched-off rules gone, waivers applied, worst first. */
function judgedFindings(reports, policy, now) {
	return applyWaivers(reports.flatMap((report) => report.findings).flatMap((finding) => {
		const severity = severityOf(finding, policy);
		if (severity === "off") return [];
		return [severity === finding.severity ? finding : {
			...finding,
			severity
		}];
	}), policy.waivers, now).toSorted(require_finding.bySeverity);
}
/** A rule's own severity counts first; what is proven wrong can be made less severe, but not be switched off. */
function severityOf(finding, { rules, outcomes }) {
	const contradicted = finding.evidence.some(({ outcome }) => outcome === "contradicted");
	const { id } = finding.rule;
	const asked = Object.hasOwn(rules, id) ? rules[id] : void 0;
	if (asked !== void 0 && !(contradicted && asked === "off")) return asked;
	return contradicted ? outcomes.contradicted : finding.severity;
}
function fails(severity, { failOn }) {
	return failOn !== "none" && require_finding.SEVERITIES.indexOf(severity) <= require_finding.SEVERITIES.indexOf(failOn);
}
/** A stage that could not do its work fails the run under every policy: nobody knows what it would have found. */
function erroredCause(report) {
	return report.problem ? [`${report.stage}: ${report.problem.message}`] : [];
}
function findingCause({ rule, severity, message }) {
	return {
		severity,
		text: `${rule.id}: ${message}`
	};
}
function outcomeCauses({ stage, evidence, findings }, policy) {
	const { contradicted, absent, unavailable } = policy.outcomes;
	const named = new Set(findings.flatMap((finding) => finding.evidence));
	return [
		[
			contradicted,
			"contradicted without a finding",
			evidence.filter((item) => item.outcome === "contradicted" && !named.has(item))
		],
		[
			absent,
			"absent",
			evidence.filter((item) => item.outcome === "absent" && isOfBytes(item))
		],
		[
			unavailable,
			"unavailable",
			evidence.filter(({ outcome }) => outcome === "unavailable")
		]
	].flatMap(([severity, what, { length }]) => severity === "ignore" || length === 0 ? [] : [{
		severity,
		text: `${stage}: ${length} of ${evidence.length} checks ${what}`
	}]);
}
// src/stages/policy/section.ts
/** Most causes and waived findings that are listed. */
const MAX_LISTED = 50;
/** Policy in force, what fails by it, and what it accepts. */
function sectionOf$4(policy, verdict) {
	const waived = verdict.findings.filter(({ waiver }) => waiver !== void 0);
	return {
		title: "Policy",
		blocks: [
			{
				kind: "paragraph",
				text: sourceText(policy)
			},
			{
				kind: "list",
				items: termsOf(policy)
			},
			...causesBlocks(verdict.causes),
			...waivedBlocks(waived)
		]
	};
}
function sourceText({ source }) {
	if (!source) return "The built-in defaults: there is no policy file.";
	if (source.commit === void 0) return [{ code: source.path }, " of the checkout."];
	return [
		{ code: source.path },
		" of the base commit ",
		{ code: source.commit },
		"."
	];
}
function termsOf({ failOn, outcomes, rules, waivers, exclude }) {
	const costs = Object.entries(outcomes).map(([outcome, cost]) => `${outcome}: ${cost}`);
	const changed = Object.entries(rules).map(([rule, severity]) => `${rule}: ${severity}`);
	return [
		failOn === "none" ? "No finding fails the run." : `Fails on: ${failOn} or worse.`,
		`Outcomes: ${costs.join(", ")}.`,
		...changed.length > 0 ? [`Rules: ${changed.join(", ")}.`] : [],
		...waivers.length > 0 ? [`Waivers: ${waivers.length}.`] : [],
		...exclude.length > 0 ? [`Left out: ${exclude.join(", ")}.`] : []
	];
}
function causesBlocks(causes) {
	if (causes.length === 0) return [];
	return [{
		kind: "paragraph",
		text: { strong: "What fails" }
	}, {
		kind: "list",
		items: withRest(causes.slice(0, MAX_LISTED), causes.length)
	}];
}
function waivedBlocks(waived) {
	if (waived.length === 0) return [];
	const items = waived.slice(0, MAX_LISTED).map(({ rule, subject, waiver }) => [{ code: rule.id }, ` ${subject}: ${waiver?.reason ?? ""} (until ${waiver?.expires ?? ""})`]);
	return [{
		kind: "details",
		summary: `${waived.length} ${waived.length === 1 ? "finding" : "findings"} waived`,
		blocks: [{
			kind: "list",
			items: withRest(items, waived.length)
		}]
	}];
}
function withRest(items, count) {
	return count > items.length ? [...items, `and ${count - items.length} more`] : items;
}
// src/stages/policy.ts
const EXPIRED = {
	id: "policy/expired-waiver",
	title: "A waiver has expired",
	severity: "medium",
	why: "What it accepted counts again. A waiver is a promise to look again by a day, and that day is over.",
	remedy: "Fix what was waived and remove the waiver, or decide anew with a reason and a later day."
};
const UNUSED = {
	id: "policy/unused-waiver",
	title: "A waiver matches nothing",
	severity: "info",
	why: "It would accept, unseen, what comes to match it one day.",
	remedy: "Remove it when what it was for is gone. A run that checks only what changed may match it less often."
};
/** Shows how the findings so far are judged. The verdict itself is made once, at the end of the run, by the same judge. */
const policy = defineStage({
	id: "policy",
	title: "Judge by the policy",
	needs: { policy: policyFile },
	rules: [EXPIRED, UNUSED],
	essential: true,
	run({ host, settings, reports }, { policy: rules }) {
		const now = host.now();
		const findings = waiverFindings(rules, reports, now);
		const own = {
			stage: "policy",
			title: "Judge by the policy",
			status: "completed",
			durationMs: 0,
			findings,
			evidence: [],
			stats: {}
		};
		const verdict = judge([...reports, own], rules, {
			now,
			offline: settings.offline
		});
		const waived = verdict.findings.filter(({ waiver }) => waiver !== void 0);
		return Promise.resolve({
			output: void 0,
			findings,
			section: sectionOf$4(rules, verdict),
			stats: {
				causes: verdict.causes.length,
				waived: waived.length
			}
		});
	}
});
function waiverFindings({ waivers, source }, reports, now) {
	const byRule = Map.groupBy(reports.flatMap((report) => report.findings), ({ rule }) => rule.id);
	return waivers.flatMap((waiver) => {
		const matched = (byRule.get(waiver.rule) ?? []).filter((found) => accepts(waiver, found)).length;
		const about = {
			subject: subjectOf(waiver),
			locations: source ? [{
				path: source.path,
				...lineOf$1(waiver)
			}] : []
		};
		if (isExpired(waiver, now)) return [require_finding.findingOf(EXPIRED, {
			...about,
			message: expired(waiver, matched)
		})];
		if (matched > 0 || !wasLookedAt(waiver, reports)) return [];
		const message = `The waiver for ${subjectOf(waiver)} matches nothing in this run`;
		return [require_finding.findingOf(UNUSED, {
			...about,
			message
		})];
	});
}
function expired(waiver, matched) {
	const counts = matched === 1 ? "1 finding that counts" : `${matched} findings that count`;
	return `The waiver for ${subjectOf(waiver)} held until ${waiver.expires}; it matches ${counts} again`;
}
function subjectOf({ rule, subject }) {
	return subject === void 0 ? rule : `${rule} of ${subject}`;
}
function lineOf$1({ line }) {
	return line === void 0 ? {} : { line };
}
/** A stage that did not run has no findings to match. */
function wasLookedAt({ rule }, reports) {
	const stage = rule.slice(0, rule.indexOf("/"));
	return reports.some((report) => report.stage === stage && report.status === "completed");
}
// src/stages/provenance/rules.ts
var rules_exports$4 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	EVENT_CONTRADICTS: () => EVENT_CONTRADICTS,
	EVENT_UNREADABLE: () => EVENT_UNREADABLE,
	MISSING: () => MISSING$1,
	OTHER_COMMIT: () => OTHER_COMMIT
});
const MISSING$1 = {
	id: "provenance/missing",
	title: "A statement that was asked for cannot be made",
	severity: "medium",
	why: "Provenance is what the code host says of the run. Without its token nothing is known that could not be made up, and nothing is stated.",
	remedy: "Give the job `permissions: id-token: write`, or leave `provenance` out of `attest` where no token can be had."
};
const EVENT_CONTRADICTS = {
	id: "provenance/event-contradicts-token",
	title: "The payload of the event is not that of this run",
	severity: "high",
	why: "The file with the payload lies where every step can write. It names another repository or ref than the token of the code host does, so that nothing in it can be stated.",
	remedy: "Find out which step of the job writes to the file that `GITHUB_EVENT_PATH` names. Do not ship what this job built before."
};
const EVENT_UNREADABLE = {
	id: "provenance/inputs-unknown",
	title: "Nobody knows with which inputs the run was started",
	severity: "medium",
	why: "Inputs of a run that somebody starts by hand can change what is built. The provenance leaves them out, and says nothing about them.",
	remedy: "Run Assay in the same job as the build, on the runner itself, so that it can read the payload of the event."
};
const OTHER_COMMIT = {
	id: "provenance/other-commit",
	title: "The checkout is of another commit than the run",
	severity: "medium",
	why: "Provenance names the commit that the code host says the run is for. What lies in the checkout, and may have been built from it, is something else.",
	remedy: "Check out the commit of the run (`actions/checkout` without `ref`), or start the workflow on the ref that is to be built."
};
// src/stages/provenance/section.ts
const WORDS = {
	spdx: "SBOM, SPDX",
	cyclonedx: "SBOM, CycloneDX",
	provenance: "provenance",
	"provenance-v0.2": "provenance, old form",
	verdict: "verdict"
};
const PERMISSIONS = `permissions:
  contents: read
  id-token: write
`;
/** What the stage has to say to a person. */
function sectionOf$3(predicates) {
	const { list, missing, level, claims } = predicates;
	return {
		title: "Statements",
		blocks: [
			{
				kind: "table",
				columns: [{ title: "Statement" }, { title: "Predicate type" }],
				rows: [...list.map(({ kind, predicateType }) => [WORDS[kind], { code: predicateType }]), ...missing.map(({ kind }) => [WORDS[kind], "missing"])]
			},
			...level && claims ? levelBlocks(level, claims) : [],
			...list.some(({ kind }) => kind === "spdx" || kind === "cyclonedx") ? [OF_THE_CHECKOUT] : [],
			...missingBlocks(predicates)
		]
	};
}
/** An SBOM beside an image reads as if it were of the image. */
const OF_THE_CHECKOUT = {
	kind: "paragraph",
	text: "The SBOMs describe the checkout: what its lockfiles pin. What else an image or a file holds, such as packages of a base image, is not in them."
};
function levelBlocks({ level, because, higher }, { repository, sha, workflowRef }) {
	const more = higher === void 0 ? "" : ` ${higher}.`;
	return [{
		kind: "paragraph",
		text: [{ strong: `SLSA Build Level ${level}` }, `: ${because}.${more}`]
	}, {
		kind: "paragraph",
		text: [
			"Built from ",
			{ code: repository },
			" at ",
			{ code: sha },
			" by ",
			{ code: workflowRef },
			"."
		]
	}];
}
function missingBlocks({ missing }) {
	const [first] = missing;
	if (first === void 0) return [];
	const text = `No provenance: ${first.reason}.`;
	if (!first.reason.includes("id-token")) return [{
		kind: "paragraph",
		text
	}];
	return [{
		kind: "paragraph",
		text: `${text} Add these lines to the job:`
	}, {
		kind: "code",
		language: "yaml",
		text: PERMISSIONS
	}];
}
// src/formats/json-stream.ts
/**
* Writes a document with a line for each element of its arrays: small enough to stream, and a
* line-by-line comparison of two documents shows which elements differ.
*/
function* jsonChunks(document) {
	yield* chunksOf(document);
	yield "\n";
}
function* chunksOf(node) {
	if ("value" in node) yield jsonText(node.value);
	else if ("members" in node) yield* between("{", memberChunks(node.members), "}");
	else yield* between("[", "each" in node ? elementChunks(node.each) : nodeChunks(node.nodes), "]");
}
/** Puts items, each an iterable of pieces, between brackets on lines of their own. */
function* between(open, items, close) {
	let empty = true;
	for (const item of items) {
		yield empty ? `${open}\n` : ",\n";
		yield* item;
		empty = false;
	}
	yield empty ? open + close : `\n${close}`;
}
function* memberChunks(members) {
	for (const [name, node] of members) if (node !== void 0) yield memberChunk(name, node);
}
function* memberChunk(name, node) {
	yield `${jsonText(name)}: `;
	yield* chunksOf(node);
}
function* elementChunks(elements) {
	for (const element of elements) yield [jsonText(element)];
}
function* nodeChunks(nodes) {
	for (const node of nodes) yield chunksOf(node);
}
/** An escape that `JSON.stringify` writes for half of a character only. */
const MAYBE_LONE_SURROGATE = /\\ud[89a-f]/;
/**
* JSON text that every reader takes: half characters, which JSON can escape but UTF-8 cannot hold, become U+FFFD.
*/
function jsonText(value) {
	const text = JSON.stringify(value);
	if (!MAYBE_LONE_SURROGATE.test(text)) return text;
	return JSON.stringify(wellFormed(value));
}
function wellFormed(value) {
	if (typeof value === "string") return value.toWellFormed();
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(wellFormed);
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item)]));
}
// src/formats/sbom/text.ts
/** Longest text that a document carries, in UTF-16 units: no name, path or version is near it. */
const MAX_TEXT = 1e3;
/** Longest purl that serves as an identifier, in characters. */
const MAX_PURL = 1024;
/** Nearly every text: nothing has to be done with it. */
const PLAIN$1 = /^[\x20-\x7e]*$/;
const UNWANTED = /\p{Cc}/gu;
/**
* Text from anywhere as documents carry it. Control characters become U+FFFD: a line break in a name
* becomes a field of its own where somebody converts the document into lines.
*/
function documentText(text) {
	if (text.length <= MAX_TEXT && PLAIN$1.test(text)) return text;
	return (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}… (${text.length} characters)` : text).toWellFormed().replace(UNWANTED, "�");
}
/** A purl as a document states it; nothing when it is too long to be one. */
function statedPurl(purl) {
	return purl.length > MAX_PURL ? void 0 : purl;
}
/** Identifier of a component inside a document: its purl, or a hash of one that is too long. */
function refOf(purl) {
	return statedPurl(purl) ?? `purl-sha256:${(0, node_crypto.hash)("sha256", purl)}`;
}
/** Schemes of places that somebody else can look at. */
const PUBLIC_SCHEME = /^(?:https?|ftp|ssh|git|git\+(?:https?|ssh|git)):$/;
/**
* An address as documents may publish it: without credentials, query and fragment, which may hold a
* signature or a token.
*
* @returns nothing when it is no address that somebody else can look at
*/
function publicUrl(url) {
	const parsed = url.length > MAX_TEXT ? null : URL.parse(url);
	if (!parsed || !PUBLIC_SCHEME.test(parsed.protocol) || parsed.host === "") return void 0;
	const user = /^(?:git\+)?ssh:$/.test(parsed.protocol) && parsed.username !== "" ? `${parsed.username}@` : "";
	return `${parsed.protocol}//${user}${parsed.host}${uriPath(parsed.pathname)}`;
}
/** `new URL` leaves characters alone that no URI may hold. */
function uriPath(path) {
	return path.replace(/[[\]^|`{}"<>\\ ]/g, encodeURIComponent).replace(/%(?![0-9a-f]{2})/gi, "%25");
}
/** An address of a git repository as `git+<scheme>://…`; knows the short form `git@host:path`. */
function gitUrl(url) {
	const short = /^([\w.-]+@)([\w.-]+):(?!\/)([^\s:]+)$/.exec(url);
	const found = publicUrl(short ? `ssh://${short[1]}${short[2]}/${short[3]}` : url);
	if (found === void 0) return void 0;
	return /^git[+:]/.test(found) ? found : `git+${found}`;
}
/** Place of a commit in SPDX's notation: `git+https://…@commit`. */
function gitLocation(url, commit) {
	return commit ? `${url}@${encodeURIComponent(documentText(commit))}` : url;
}
/** Identity of the checkout itself. */
function checkoutPurl(checkout) {
	const { name, repository = "", commit = "", folder } = checkout;
	const git = gitUrl(repository);
	const github = /^git\+\w+:\/\/(?:git@)?github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/i.exec(git ?? "");
	const purl = github?.[1] === void 0 ? purlOf("generic", name, commit, git === void 0 ? {} : { vcs_url: gitLocation(git, commit) }) : purlOf("github", github[1].toLowerCase(), commit);
	return folder === void 0 ? purl : `${purl}#${encodeURI(folder.toWellFormed())}`;
}
// src/formats/sbom/files.ts
/** The files of a component, those that only differ by where they are locked told once. */
function statedFilesOf(component, evidence) {
	const archive = component.origin.kind === "archive" ? component.origin.url : "";
	const read = addressesRead(evidence);
	const stated = component.files.map((file) => statedFile({
		...file,
		url: file.url ?? archive
	}, read.get(file.name)));
	if (stated.length < 2) return stated;
	return [...new Map(stated.map((file) => [JSON.stringify(file), file])).values()];
}
function statedFile(file, read) {
	const url = publicUrl(file.url ?? "") ?? (read === void 0 ? void 0 : publicUrl(read));
	const isOne = isOneFile(file.digests);
	const hashes = isOne ? file.digests.filter(isFileHash) : [];
	return {
		...file.name !== void 0 && { name: documentText(file.name) },
		...url !== void 0 && { url },
		hashes,
		otherDigests: file.digests.filter((digest) => !isOne || !isFileHash(digest)).map(digestText)
	};
}
/** Bytes match any digest of one algorithm, so two of them say "one of these", which no standard field can. */
function isOneFile(digests) {
	return new Set(digests.map(({ algorithm }) => algorithm)).size === digests.length;
}
function isFileHash({ algorithm }) {
	return algorithm !== "h1";
}
/** `h1:…` is written as go.sum writes it, so that it can be found there. */
function digestText(digest) {
	return digest.algorithm === "h1" ? `h1:${Buffer.from(digest.hex, "hex").toString("base64")}` : require_digest.renderDigest(digest);
}
/** Where the bytes of each file were first read, by its name. */
function addressesRead(evidence) {
	const read = /* @__PURE__ */ new Map();
	for (const { kind, outcome, file, source } of evidence) {
		if (kind !== "digest" || outcome !== "verified" || read.has(file)) continue;
		read.set(file, source);
	}
	return read;
}
/** The hashes of a component that is one file, however many locks name it; else none. */
function hashesOf(files) {
	const [first] = files;
	if (first === void 0) return [];
	const hashes = JSON.stringify(first.hashes);
	return files.every((file) => JSON.stringify(file.hashes) === hashes) ? first.hashes : [];
}
const WORST_FIRST = [
	"contradicted",
	"unavailable",
	"absent"
];
/**
* One word for what was looked at; never better than the worst of it. That nobody signed bytes that are as
* locked makes them no worse: signatures count when one does not hold.
*/
function verificationOf(evidence) {
	if (evidence.some((item) => item.outcome === "contradicted")) return "contradicted";
	const ofBytes = evidence.filter(({ kind }) => kind !== "signature" && kind !== "attestation");
	const worst = WORST_FIRST.find((outcome) => ofBytes.some((item) => item.outcome === outcome));
	if (worst !== void 0) return worst;
	if (ofBytes.length === 0) return "unchecked";
	return ofBytes.some((item) => item.kind !== "index-digest") ? "verified" : "index-verified";
}
/** One check in words: `verified left-pad-1.3.0.tgz sha512:ab12… https://registry.example/… by https://…/release.yml@…`. */
function checkText(evidence) {
	const { outcome, file, observed, source, signer } = evidence;
	return [
		outcome,
		...file === void 0 ? [] : [documentText(file)],
		...observed === void 0 ? [] : [digestText(observed)],
		...source === "" ? [] : [publicUrl(source) ?? documentText(source)],
		...signer === void 0 ? [] : [`by ${documentText(signer.identity)}`]
	].join(" ");
}
// node_modules/spdx-exceptions/deprecated.json
var deprecated_default$1 = ["Nokia-Qt-exception-1.1"];
// node_modules/spdx-exceptions/index.json
var spdx_exceptions_default = [
	"389-exception",
	"Asterisk-exception",
	"Autoconf-exception-2.0",
	"Autoconf-exception-3.0",
	"Autoconf-exception-generic",
	"Autoconf-exception-generic-3.0",
	"Autoconf-exception-macro",
	"Bison-exception-1.24",
	"Bison-exception-2.2",
	"Bootloader-exception",
	"Classpath-exception-2.0",
	"CLISP-exception-2.0",
	"cryptsetup-OpenSSL-exception",
	"DigiRule-FOSS-exception",
	"eCos-exception-2.0",
	"Fawkes-Runtime-exception",
	"FLTK-exception",
	"fmt-exception",
	"Font-exception-2.0",
	"freertos-exception-2.0",
	"GCC-exception-2.0",
	"GCC-exception-2.0-note",
	"GCC-exception-3.1",
	"Gmsh-exception",
	"GNAT-exception",
	"GNOME-examples-exception",
	"GNU-compiler-exception",
	"gnu-javamail-exception",
	"GPL-3.0-interface-exception",
	"GPL-3.0-linking-exception",
	"GPL-3.0-linking-source-exception",
	"GPL-CC-1.0",
	"GStreamer-exception-2005",
	"GStreamer-exception-2008",
	"i2p-gpl-java-exception",
	"KiCad-libraries-exception",
	"LGPL-3.0-linking-exception",
	"libpri-OpenH323-exception",
	"Libtool-exception",
	"Linux-syscall-note",
	"LLGPL",
	"LLVM-exception",
	"LZMA-exception",
	"mif-exception",
	"OCaml-LGPL-linking-exception",
	"OCCT-exception-1.0",
	"OpenJDK-assembly-exception-1.0",
	"openvpn-openssl-exception",
	"PS-or-PDF-font-exception-20170817",
	"QPL-1.0-INRIA-2004-exception",
	"Qt-GPL-exception-1.0",
	"Qt-LGPL-exception-1.1",
	"Qwt-exception-1.0",
	"SANE-exception",
	"SHL-2.0",
	"SHL-2.1",
	"stunnel-exception",
	"SWI-exception",
	"Swift-exception",
	"Texinfo-exception",
	"u-boot-exception-2.0",
	"UBDL-exception",
	"Universal-FOSS-exception-1.0",
	"vsftpd-openssl-exception",
	"WxWindows-exception-3.1",
	"x11vnc-openssl-exception"
];
// node_modules/spdx-license-ids/deprecated.json
var deprecated_default = [
	"AGPL-1.0",
	"AGPL-3.0",
	"BSD-2-Clause-FreeBSD",
	"BSD-2-Clause-NetBSD",
	"GFDL-1.1",
	"GFDL-1.2",
	"GFDL-1.3",
	"GPL-1.0",
	"GPL-2.0",
	"GPL-2.0-with-GCC-exception",
	"GPL-2.0-with-autoconf-exception",
	"GPL-2.0-with-bison-exception",
	"GPL-2.0-with-classpath-exception",
	"GPL-2.0-with-font-exception",
	"GPL-3.0",
	"GPL-3.0-with-GCC-exception",
	"GPL-3.0-with-autoconf-exception",
	"LGPL-2.0",
	"LGPL-2.1",
	"LGPL-3.0",
	"Net-SNMP",
	"Nunit",
	"StandardML-NJ",
	"bzip2-1.0.5",
	"eCos-2.0",
	"wxWindows"
];
// node_modules/spdx-license-ids/index.json
var spdx_license_ids_default = [
	"0BSD",
	"3D-Slicer-1.0",
	"AAL",
	"ADSL",
	"AFL-1.1",
	"AFL-1.2",
	"AFL-2.0",
	"AFL-2.1",
	"AFL-3.0",
	"AGPL-1.0-only",
	"AGPL-1.0-or-later",
	"AGPL-3.0-only",
	"AGPL-3.0-or-later",
	"ALGLIB-Documentation",
	"AMD-newlib",
	"AMDPLPA",
	"AML",
	"AML-glslang",
	"AMPAS",
	"ANTLR-PD",
	"ANTLR-PD-fallback",
	"APAFML",
	"APL-1.0",
	"APSL-1.0",
	"APSL-1.1",
	"APSL-1.2",
	"APSL-2.0",
	"ASWF-Digital-Assets-1.0",
	"ASWF-Digital-Assets-1.1",
	"Abstyles",
	"AdaCore-doc",
	"Adobe-2006",
	"Adobe-Display-PostScript",
	"Adobe-Glyph",
	"Adobe-Utopia",
	"Advanced-Cryptics-Dictionary",
	"Afmparse",
	"Aladdin",
	"Apache-1.0",
	"Apache-1.1",
	"Apache-2.0",
	"App-s2p",
	"Arphic-1999",
	"Artistic-1.0",
	"Artistic-1.0-Perl",
	"Artistic-1.0-cl8",
	"Artistic-2.0",
	"Artistic-dist",
	"Aspell-RU",
	"BOLA-1.1",
	"BSD-1-Clause",
	"BSD-2-Clause",
	"BSD-2-Clause-Darwin",
	"BSD-2-Clause-Patent",
	"BSD-2-Clause-Views",
	"BSD-2-Clause-first-lines",
	"BSD-2-Clause-pkgconf-disclaimer",
	"BSD-2-Clause-pos-unchanged",
	"BSD-3-Clause",
	"BSD-3-Clause-Attribution",
	"BSD-3-Clause-Clear",
	"BSD-3-Clause-HP",
	"BSD-3-Clause-LBNL",
	"BSD-3-Clause-Modification",
	"BSD-3-Clause-No-Military-License",
	"BSD-3-Clause-No-Nuclear-License",
	"BSD-3-Clause-No-Nuclear-License-2014",
	"BSD-3-Clause-No-Nuclear-Warranty",
	"BSD-3-Clause-Open-MPI",
	"BSD-3-Clause-OpenWebUI",
	"BSD-3-Clause-Sun",
	"BSD-3-Clause-Tso",
	"BSD-3-Clause-acpica",
	"BSD-3-Clause-flex",
	"BSD-4-Clause",
	"BSD-4-Clause-Shortened",
	"BSD-4-Clause-UC",
	"BSD-4.3RENO",
	"BSD-4.3TAHOE",
	"BSD-Advertising-Acknowledgement",
	"BSD-Attribution-HPND-disclaimer",
	"BSD-Inferno-Nettverk",
	"BSD-Mark-Modifications",
	"BSD-Protection",
	"BSD-Source-Code",
	"BSD-Source-Code-no-disclaimer",
	"BSD-Source-alt-GPL",
	"BSD-Source-beginning-file",
	"BSD-Systemics",
	"BSD-Systemics-W3Works",
	"BSD-ask-to-endorse",
	"BSL-1.0",
	"BUSL-1.1",
	"Baekmuk",
	"Bahyph",
	"Barr",
	"Beerware",
	"BitTorrent-1.0",
	"BitTorrent-1.1",
	"Bitstream-Charter",
	"Bitstream-Vera",
	"BlueOak-1.0.0",
	"Boehm-GC",
	"Boehm-GC-without-fee",
	"Borceux",
	"Brian-Gladman-2-Clause",
	"Brian-Gladman-3-Clause",
	"Brian-Gladman-3-Clause-no-conversion",
	"Buddy",
	"Bugroff",
	"C-UDA-1.0",
	"CAL-1.0",
	"CAL-1.0-Combined-Work-Exception",
	"CAPEC-tou",
	"CATOSL-1.1",
	"CC-BY-1.0",
	"CC-BY-2.0",
	"CC-BY-2.5",
	"CC-BY-2.5-AU",
	"CC-BY-3.0",
	"CC-BY-3.0-AT",
	"CC-BY-3.0-AU",
	"CC-BY-3.0-DE",
	"CC-BY-3.0-IGO",
	"CC-BY-3.0-NL",
	"CC-BY-3.0-US",
	"CC-BY-4.0",
	"CC-BY-NC-1.0",
	"CC-BY-NC-2.0",
	"CC-BY-NC-2.5",
	"CC-BY-NC-3.0",
	"CC-BY-NC-3.0-DE",
	"CC-BY-NC-3.0-IGO",
	"CC-BY-NC-4.0",
	"CC-BY-NC-ND-1.0",
	"CC-BY-NC-ND-2.0",
	"CC-BY-NC-ND-2.5",
	"CC-BY-NC-ND-3.0",
	"CC-BY-NC-ND-3.0-DE",
	"CC-BY-NC-ND-3.0-IGO",
	"CC-BY-NC-ND-4.0",
	"CC-BY-NC-SA-1.0",
	"CC-BY-NC-SA-2.0",
	"CC-BY-NC-SA-2.0-DE",
	"CC-BY-NC-SA-2.0-FR",
	"CC-BY-NC-SA-2.0-UK",
	"CC-BY-NC-SA-2.5",
	"CC-BY-NC-SA-3.0",
	"CC-BY-NC-SA-3.0-DE",
	"CC-BY-NC-SA-3.0-IGO",
	"CC-BY-NC-SA-4.0",
	"CC-BY-ND-1.0",
	"CC-BY-ND-2.0",
	"CC-BY-ND-2.5",
	"CC-BY-ND-3.0",
	"CC-BY-ND-3.0-DE",
	"CC-BY-ND-4.0",
	"CC-BY-SA-1.0",
	"CC-BY-SA-2.0",
	"CC-BY-SA-2.0-UK",
	"CC-BY-SA-2.1-JP",
	"CC-BY-SA-2.5",
	"CC-BY-SA-3.0",
	"CC-BY-SA-3.0-AT",
	"CC-BY-SA-3.0-DE",
	"CC-BY-SA-3.0-IGO",
	"CC-BY-SA-4.0",
	"CC-PDDC",
	"CC-PDM-1.0",
	"CC-SA-1.0",
	"CC0-1.0",
	"CDDL-1.0",
	"CDDL-1.1",
	"CDL-1.0",
	"CDLA-Permissive-1.0",
	"CDLA-Permissive-2.0",
	"CDLA-Sharing-1.0",
	"CECILL-1.0",
	"CECILL-1.1",
	"CECILL-2.0",
	"CECILL-2.1",
	"CECILL-B",
	"CECILL-C",
	"CERN-OHL-1.1",
	"CERN-OHL-1.2",
	"CERN-OHL-P-2.0",
	"CERN-OHL-S-2.0",
	"CERN-OHL-W-2.0",
	"CFITSIO",
	"CMU-Mach",
	"CMU-Mach-nodoc",
	"CNRI-Jython",
	"CNRI-Python",
	"CNRI-Python-GPL-Compatible",
	"COIL-1.0",
	"CPAL-1.0",
	"CPL-1.0",
	"CPOL-1.02",
	"CUA-OPL-1.0",
	"Caldera",
	"Caldera-no-preamble",
	"Catharon",
	"ClArtistic",
	"Clips",
	"Community-Spec-1.0",
	"Condor-1.1",
	"Cornell-Lossless-JPEG",
	"Cronyx",
	"Crossword",
	"CryptoSwift",
	"CrystalStacker",
	"Cube",
	"D-FSL-1.0",
	"DEC-3-Clause",
	"DL-DE-BY-2.0",
	"DL-DE-ZERO-2.0",
	"DOC",
	"DRL-1.0",
	"DRL-1.1",
	"DSDP",
	"DocBook-DTD",
	"DocBook-Schema",
	"DocBook-Stylesheet",
	"DocBook-XML",
	"Dotseqn",
	"ECL-1.0",
	"ECL-2.0",
	"EFL-1.0",
	"EFL-2.0",
	"EPICS",
	"EPL-1.0",
	"EPL-2.0",
	"ESA-PL-permissive-2.4",
	"ESA-PL-strong-copyleft-2.4",
	"ESA-PL-weak-copyleft-2.4",
	"EUDatagrid",
	"EUPL-1.0",
	"EUPL-1.1",
	"EUPL-1.2",
	"Elastic-2.0",
	"Entessa",
	"ErlPL-1.1",
	"Eurosym",
	"FBM",
	"FDK-AAC",
	"FDK-MPEG-H",
	"FSFAP",
	"FSFAP-no-warranty-disclaimer",
	"FSFUL",
	"FSFULLR",
	"FSFULLRSD",
	"FSFULLRWD",
	"FSL-1.1-ALv2",
	"FSL-1.1-MIT",
	"FTL",
	"Fair",
	"Ferguson-Twofish",
	"Frameworx-1.0",
	"FreeBSD-DOC",
	"FreeImage",
	"Furuseth",
	"GCR-docs",
	"GD",
	"GFDL-1.1-invariants-only",
	"GFDL-1.1-invariants-or-later",
	"GFDL-1.1-no-invariants-only",
	"GFDL-1.1-no-invariants-or-later",
	"GFDL-1.1-only",
	"GFDL-1.1-or-later",
	"GFDL-1.2-invariants-only",
	"GFDL-1.2-invariants-or-later",
	"GFDL-1.2-no-invariants-only",
	"GFDL-1.2-no-invariants-or-later",
	"GFDL-1.2-only",
	"GFDL-1.2-or-later",
	"GFDL-1.3-invariants-only",
	"GFDL-1.3-invariants-or-later",
	"GFDL-1.3-no-invariants-only",
	"GFDL-1.3-no-invariants-or-later",
	"GFDL-1.3-only",
	"GFDL-1.3-or-later",
	"GL2PS",
	"GLWTPL",
	"GPL-1.0-only",
	"GPL-1.0-or-later",
	"GPL-2.0-only",
	"GPL-2.0-or-later",
	"GPL-3.0-only",
	"GPL-3.0-or-later",
	"Game-Programming-Gems",
	"Giftware",
	"Glide",
	"Glulxe",
	"Graphics-Gems",
	"Gutmann",
	"HDF5",
	"HIDAPI",
	"HP-1986",
	"HP-1989",
	"HPND",
	"HPND-DEC",
	"HPND-Fenneberg-Livingston",
	"HPND-INRIA-IMAG",
	"HPND-Intel",
	"HPND-Kevlin-Henney",
	"HPND-MIT-disclaimer",
	"HPND-Markus-Kuhn",
	"HPND-Netrek",
	"HPND-Pbmplus",
	"HPND-SMC",
	"HPND-UC",
	"HPND-UC-export-US",
	"HPND-doc",
	"HPND-doc-sell",
	"HPND-export-US",
	"HPND-export-US-acknowledgement",
	"HPND-export-US-modify",
	"HPND-export2-US",
	"HPND-merchantability-variant",
	"HPND-sell-MIT-disclaimer-xserver",
	"HPND-sell-regexpr",
	"HPND-sell-variant",
	"HPND-sell-variant-MIT-disclaimer",
	"HPND-sell-variant-MIT-disclaimer-rev",
	"HPND-sell-variant-critical-systems",
	"HTMLTIDY",
	"HaskellReport",
	"Hippocratic-2.1",
	"Hippocratic-3.0-core",
	"IBM-pibs",
	"ICU",
	"IEC-Code-Components-EULA",
	"IJG",
	"IJG-short",
	"IPA",
	"IPL-1.0",
	"ISC",
	"ISC-Veillard",
	"ISO-permission",
	"ImageMagick",
	"Imlib2",
	"Info-ZIP",
	"Informatica",
	"Inner-Net-2.0",
	"InnoSetup",
	"Intel",
	"Intel-ACPI",
	"Interbase-1.0",
	"JPL-image",
	"JPNIC",
	"JSON",
	"Jam",
	"JasPer-2.0",
	"Kastrup",
	"Kazlib",
	"Knuth-CTAN",
	"LAL-1.2",
	"LAL-1.3",
	"LGPL-2.0-only",
	"LGPL-2.0-or-later",
	"LGPL-2.1-only",
	"LGPL-2.1-or-later",
	"LGPL-3.0-only",
	"LGPL-3.0-or-later",
	"LGPLLR",
	"LOOP",
	"LPD-document",
	"LPL-1.0",
	"LPL-1.02",
	"LPPL-1.0",
	"LPPL-1.1",
	"LPPL-1.2",
	"LPPL-1.3a",
	"LPPL-1.3c",
	"LZMA-SDK-9.11-to-9.20",
	"LZMA-SDK-9.22",
	"Latex2e",
	"Latex2e-translated-notice",
	"Leptonica",
	"LiLiQ-P-1.1",
	"LiLiQ-R-1.1",
	"LiLiQ-Rplus-1.1",
	"Libpng",
	"Linux-OpenIB",
	"Linux-man-pages-1-para",
	"Linux-man-pages-copyleft",
	"Linux-man-pages-copyleft-2-para",
	"Linux-man-pages-copyleft-var",
	"Lucida-Bitmap-Fonts",
	"MIPS",
	"MIT",
	"MIT-0",
	"MIT-CMU",
	"MIT-Click",
	"MIT-Festival",
	"MIT-Khronos-old",
	"MIT-Modern-Variant",
	"MIT-STK",
	"MIT-Wu",
	"MIT-advertising",
	"MIT-enna",
	"MIT-feh",
	"MIT-open-group",
	"MIT-testregex",
	"MITNFA",
	"MMIXware",
	"MMPL-1.0.1",
	"MPEG-SSG",
	"MPL-1.0",
	"MPL-1.1",
	"MPL-2.0",
	"MPL-2.0-no-copyleft-exception",
	"MS-LPL",
	"MS-PL",
	"MS-RL",
	"MTLL",
	"MVT-1.1",
	"Mackerras-3-Clause",
	"Mackerras-3-Clause-acknowledgment",
	"MakeIndex",
	"Martin-Birgmeier",
	"McPhee-slideshow",
	"Minpack",
	"MirOS",
	"Motosoto",
	"MulanPSL-1.0",
	"MulanPSL-2.0",
	"Multics",
	"Mup",
	"NAIST-2003",
	"NASA-1.3",
	"NBPL-1.0",
	"NCBI-PD",
	"NCGL-UK-2.0",
	"NCL",
	"NCSA",
	"NGPL",
	"NICTA-1.0",
	"NIST-PD",
	"NIST-PD-TNT",
	"NIST-PD-fallback",
	"NIST-Software",
	"NLOD-1.0",
	"NLOD-2.0",
	"NLPL",
	"NOSL",
	"NPL-1.0",
	"NPL-1.1",
	"NPOSL-3.0",
	"NRL",
	"NTIA-PD",
	"NTP",
	"NTP-0",
	"Naumen",
	"NetCDF",
	"Newsletr",
	"Nokia",
	"Noweb",
	"O-UDA-1.0",
	"OAR",
	"OCCT-PL",
	"OCLC-2.0",
	"ODC-By-1.0",
	"ODbL-1.0",
	"OFFIS",
	"OFL-1.0",
	"OFL-1.0-RFN",
	"OFL-1.0-no-RFN",
	"OFL-1.1",
	"OFL-1.1-RFN",
	"OFL-1.1-no-RFN",
	"OGC-1.0",
	"OGDL-Taiwan-1.0",
	"OGL-Canada-2.0",
	"OGL-UK-1.0",
	"OGL-UK-2.0",
	"OGL-UK-3.0",
	"OGTSL",
	"OLDAP-1.1",
	"OLDAP-1.2",
	"OLDAP-1.3",
	"OLDAP-1.4",
	"OLDAP-2.0",
	"OLDAP-2.0.1",
	"OLDAP-2.1",
	"OLDAP-2.2",
	"OLDAP-2.2.1",
	"OLDAP-2.2.2",
	"OLDAP-2.3",
	"OLDAP-2.4",
	"OLDAP-2.5",
	"OLDAP-2.6",
	"OLDAP-2.7",
	"OLDAP-2.8",
	"OLFL-1.3",
	"OML",
	"OPL-1.0",
	"OPL-UK-3.0",
	"OPUBL-1.0",
	"OSC-1.0",
	"OSET-PL-2.1",
	"OSL-1.0",
	"OSL-1.1",
	"OSL-2.0",
	"OSL-2.1",
	"OSL-3.0",
	"OSSP",
	"OpenMDW-1.0",
	"OpenPBS-2.3",
	"OpenSSL",
	"OpenSSL-standalone",
	"OpenVision",
	"PADL",
	"PDDL-1.0",
	"PHP-3.0",
	"PHP-3.01",
	"PPL",
	"PSF-2.0",
	"ParaType-Free-Font-1.3",
	"Parity-6.0.0",
	"Parity-7.0.0",
	"Pixar",
	"Plexus",
	"PolyForm-Noncommercial-1.0.0",
	"PolyForm-Small-Business-1.0.0",
	"PostgreSQL",
	"Python-2.0",
	"Python-2.0.1",
	"QPL-1.0",
	"QPL-1.0-INRIA-2004",
	"Qhull",
	"RHeCos-1.1",
	"RPL-1.1",
	"RPL-1.5",
	"RPSL-1.0",
	"RSA-MD",
	"RSCPL",
	"Rdisc",
	"Ruby",
	"Ruby-pty",
	"SAX-PD",
	"SAX-PD-2.0",
	"SCEA",
	"SGI-B-1.0",
	"SGI-B-1.1",
	"SGI-B-2.0",
	"SGI-OpenGL",
	"SGMLUG-PM",
	"SGP4",
	"SHL-0.5",
	"SHL-0.51",
	"SISSL",
	"SISSL-1.2",
	"SL",
	"SMAIL-GPL",
	"SMLNJ",
	"SMPPL",
	"SNIA",
	"SOFA",
	"SPL-1.0",
	"SSH-OpenSSH",
	"SSH-short",
	"SSLeay-standalone",
	"SSPL-1.0",
	"SUL-1.0",
	"SWL",
	"Saxpath",
	"SchemeReport",
	"Sendmail",
	"Sendmail-8.23",
	"Sendmail-Open-Source-1.1",
	"SimPL-2.0",
	"Sleepycat",
	"Soundex",
	"Spencer-86",
	"Spencer-94",
	"Spencer-99",
	"SugarCRM-1.1.3",
	"Sun-PPP",
	"Sun-PPP-2000",
	"SunPro",
	"Symlinks",
	"TAPR-OHL-1.0",
	"TCL",
	"TCP-wrappers",
	"TGPPL-1.0",
	"TMate",
	"TORQUE-1.1",
	"TOSL",
	"TPDL",
	"TPL-1.0",
	"TTWL",
	"TTYP0",
	"TU-Berlin-1.0",
	"TU-Berlin-2.0",
	"TekHVC",
	"TermReadKey",
	"ThirdEye",
	"TrustedQSL",
	"UCAR",
	"UCL-1.0",
	"UMich-Merit",
	"UPL-1.0",
	"URT-RLE",
	"Ubuntu-font-1.0",
	"UnRAR",
	"Unicode-3.0",
	"Unicode-DFS-2015",
	"Unicode-DFS-2016",
	"Unicode-TOU",
	"UnixCrypt",
	"Unlicense",
	"Unlicense-libtelnet",
	"Unlicense-libwhirlpool",
	"VOSTROM",
	"VSL-1.0",
	"Vim",
	"Vixie-Cron",
	"W3C",
	"W3C-19980720",
	"W3C-20150513",
	"WTFNMFPL",
	"WTFPL",
	"Watcom-1.0",
	"Widget-Workshop",
	"WordNet",
	"Wsuipa",
	"X11",
	"X11-distribute-modifications-variant",
	"X11-no-permit-persons",
	"X11-swapped",
	"XFree86-1.1",
	"XSkat",
	"Xdebug-1.03",
	"Xerox",
	"Xfig",
	"Xnet",
	"YPL-1.0",
	"YPL-1.1",
	"ZPL-1.1",
	"ZPL-2.0",
	"ZPL-2.1",
	"Zed",
	"Zeeff",
	"Zend-2.0",
	"Zimbra-1.3",
	"Zimbra-1.4",
	"Zlib",
	"any-OSI",
	"any-OSI-perl-modules",
	"atc-game",
	"bcrypt-Solar-Designer",
	"blessing",
	"bzip2-1.0.6",
	"check-cvs",
	"checkmk",
	"copyleft-next-0.3.0",
	"copyleft-next-0.3.1",
	"curl",
	"cve-tou",
	"diffmark",
	"dtoa",
	"dvipdfm",
	"eGenix",
	"etalab-2.0",
	"fwlw",
	"gSOAP-1.3b",
	"generic-xts",
	"gnuplot",
	"gtkbook",
	"hdparm",
	"hyphen-bulgarian",
	"iMatix",
	"jove",
	"libpng-1.6.35",
	"libpng-2.0",
	"libselinux-1.0",
	"libtiff",
	"libutil-David-Nugent",
	"lsof",
	"magaz",
	"mailprio",
	"man2html",
	"metamail",
	"mpi-permissive",
	"mpich2",
	"mplus",
	"ngrep",
	"pkgconf",
	"pnmstitch",
	"psfrag",
	"psutils",
	"python-ldap",
	"radvd",
	"snprintf",
	"softSurfer",
	"ssh-keyscan",
	"swrule",
	"threeparttable",
	"ulem",
	"w3m",
	"wwl",
	"xinetd",
	"xkeyboard-config-Zinoviev",
	"xlock",
	"xpp",
	"xzoom",
	"zlib-acknowledgement"
];
// src/formats/spdx-expression.ts
/** Longer statements are texts, not expressions; in UTF-16 units. */
const MAX_LENGTH = 1e3;
const LICENSES = byLowerCase([...spdx_license_ids_default, ...deprecated_default]);
const EXCEPTIONS = byLowerCase([...spdx_exceptions_default, ...deprecated_default$1]);
const LICENSE_REF = /^LicenseRef-[A-Za-z0-9.-]+$/;
/**
* Reads an SPDX license expression as package metadata states it.
*
* Ids may be in any case, as the specification has it, and operators all in lower case, as version 3 does.
*
* @returns nothing when it is none, or refers to another document
* @see https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
*/
function parseSpdxExpression(text) {
	if (text.length > MAX_LENGTH) return void 0;
	const words = text.match(/[()]|[^\s()]+/g) ?? [];
	const out = [];
	const refs = [];
	let depth = 0;
	let expects = "license";
	for (const word of words) if (expects === "license" && word === "(") {
		depth++;
		out.push(word);
	} else if (expects === "license") {
		const license = licenseOf(word);
		if (license === void 0) return void 0;
		if (license.startsWith("LicenseRef-")) refs.push(license);
		out.push(license);
		expects = "operator";
	} else if (expects === "exception") {
		const exception = EXCEPTIONS.get(word.toLowerCase());
		if (exception === void 0) return void 0;
		out.push(exception);
		expects = "operator";
	} else if (word === ")") {
		if (--depth < 0) return void 0;
		out.push(word);
	} else {
		const operator = operatorOf(word);
		if (operator === void 0 || operator === "WITH" && !isLicenseAt(out)) return void 0;
		out.push(operator);
		expects = operator === "WITH" ? "exception" : "license";
	}
	if (expects !== "operator" || depth !== 0) return void 0;
	return {
		text: out.join(" ").replaceAll("( ", "(").replaceAll(" )", ")"),
		isId: out.length === 1 && LICENSES.has(out[0]?.toLowerCase() ?? ""),
		isAtomic: !out.includes("OR"),
		refs
	};
}
/** One expression that says that all of these hold. */
function allOf(expressions) {
	if (expressions.length === 1) return expressions[0]?.text ?? "";
	return expressions.map(({ text, isAtomic }) => isAtomic ? text : `(${text})`).join(" AND ");
}
function licenseOf(word) {
	if (LICENSE_REF.test(word)) return word;
	const plus = word.endsWith("+") ? "+" : "";
	const known = LICENSES.get(word.toLowerCase());
	if (known !== void 0) return known;
	const base = plus === "" ? void 0 : LICENSES.get(word.slice(0, -1).toLowerCase());
	return base === void 0 ? void 0 : `${base}+`;
}
function operatorOf(word) {
	const upper = word.toUpperCase();
	if (word !== upper && word !== word.toLowerCase()) return void 0;
	return upper === "AND" || upper === "OR" || upper === "WITH" ? upper : void 0;
}
function isLicenseAt(out) {
	return out.at(-1) !== ")" && out.at(-2) !== "WITH";
}
function byLowerCase(names) {
	return new Map(names.map((name) => [name.toLowerCase(), name]));
}
// src/formats/sbom/licenses.ts
/** Sorts licence statements into SPDX and names; never guesses what a name may mean. */
function statedLicensesOf({ licenses }) {
	const expressions = /* @__PURE__ */ new Map();
	const names = /* @__PURE__ */ new Set();
	for (const license of licenses) {
		const parsed = parseSpdxExpression(license);
		if (parsed) expressions.set(parsed.text, parsed);
		else if (license.trim() !== "") names.add(documentText(license.trim()));
	}
	return {
		expressions: [...expressions.values()],
		names: [...names]
	};
}
// src/formats/sbom/origin.ts
/** Describes an origin; addresses that nobody else can look at are left to the text. */
function statedOriginOf({ origin }) {
	if (origin.kind === "git") return gitOrigin(origin);
	if (origin.kind === "local") return { text: `local ${documentText(origin.path)}` };
	return { text: origin.url === void 0 ? origin.kind : `${origin.kind} ${shown(origin.url)}` };
}
function gitOrigin(origin) {
	const url = gitUrl(origin.url);
	const location = gitLocation(url ?? shown(origin.url), origin.commit);
	return url === void 0 ? { text: `git ${location}` } : {
		text: location,
		git: location
	};
}
/** Some addresses only their own machine understands, as in `file:../x.tgz`. */
function shown(url) {
	const plain = url.replace(/\/\/[^/@]*@/, "//").replace(/[?#].*$/s, "");
	return publicUrl(url) ?? documentText(plain);
}
// src/formats/sbom/properties.ts
/** Makes a property; the value may come from anywhere. */
function property(name, value) {
	return {
		name,
		value: documentText(value)
	};
}
/** What a component is, beyond the formats' own fields. */
function* componentProperties(component) {
	yield property("assay:ecosystem", component.ecosystem);
	yield property("assay:origin", statedOriginOf(component).text);
	yield property("assay:direct", `${component.direct}`);
	if (component.scope) yield property("assay:scope", component.scope);
	if (component.fixture) yield property("assay:fixture", "true");
	const { os, cpu, libc, marker } = component.platform ?? {};
	if (os) yield property("assay:platform:os", os.join(" "));
	if (cpu) yield property("assay:platform:cpu", cpu.join(" "));
	if (libc) yield property("assay:platform:libc", libc.join(" "));
	if (marker !== void 0) yield property("assay:platform:marker", marker);
}
/** What was looked at, and how it came out. */
function* verificationProperties(evidence) {
	yield property("assay:verification", verificationOf(evidence));
	for (const item of evidence) yield property(`assay:verification:${item.kind}`, checkText(item));
}
/** A digest that no standard field can hold. */
function digestProperty(digest, file) {
	return property(digest.startsWith("h1:") ? "assay:go:h1" : "assay:digest", file === void 0 ? digest : `${file} ${digest}`);
}
/** What was looked at: the checkout, and where it differs from its commit. */
function* checkoutProperties({ checkout, created }) {
	const { commit, ref, committedAt, folder, dirty, dirtyUnknown, base } = checkout;
	yield property("assay:timestamp-from", created.from);
	if (commit !== void 0) yield property("assay:checkout:commit", commit);
	if (ref !== void 0) yield property("assay:checkout:ref", ref);
	if (committedAt !== void 0) yield property("assay:checkout:committed-at", committedAt);
	if (folder !== void 0) yield property("assay:checkout:folder", folder);
	if (dirtyUnknown === void 0) yield property("assay:checkout:dirty-count", `${checkout.dirtyCount}`);
	else yield property("assay:checkout:dirty-unknown", dirtyUnknown);
	for (const path of dirty) yield property("assay:checkout:dirty", path);
	yield property("assay:checkout:shallow", `${checkout.shallow}`);
	yield property("assay:checkout:sparse", `${checkout.sparse}`);
	for (const submodule of checkout.submodules) yield property("assay:checkout:submodule", submoduleText(submodule));
	if (base !== void 0) {
		yield property("assay:checkout:base-commit", base.commit);
		if (base.ref !== void 0) yield property("assay:checkout:base-ref", base.ref);
	}
}
function submoduleText({ path, commit, missing }) {
	return `${path} ${commit}${missing ? " missing" : ""}`;
}
/** What was read, and what was seen there and is no component. */
function* sourceProperties(facts) {
	for (const { path, format, fixture } of facts.lockfiles) yield property(fixture ? "assay:lockfile:fixture" : "assay:lockfile", `${path} (${format})`);
	for (const path of facts.unreadable) yield property("assay:lockfile:unreadable", path);
	for (const { name, reason, location } of facts.gaps) {
		const line = location.line === void 0 ? "" : `:${location.line}`;
		yield property("assay:gap", `${location.path}${line} ${name}: ${reason}`);
	}
}
// src/formats/cyclonedx/component.ts
const SCOPES = {
	runtime: "required",
	optional: "optional",
	development: "excluded"
};
/** One element of `components`. */
function componentOf(component, facts) {
	const evidence = facts.evidenceOf(component);
	const files = statedFilesOf(component, evidence);
	const origin = statedOriginOf(component);
	const purl = statedPurl(component.purl);
	const hashes = hashContents(hashesOf(files));
	const licenses = licensesOf$1(component);
	const references = [...referencesOf$1(files, origin)];
	const scope = component.fixture ? "excluded" : component.scope && SCOPES[component.scope];
	return {
		type: "library",
		"bom-ref": refOf(component.purl),
		name: documentText(component.name),
		...component.version !== "" && { version: documentText(component.version) },
		...scope && { scope },
		...hashes.length > 0 && { hashes },
		...licenses.length > 0 && { licenses },
		...purl && { purl },
		...references.length > 0 && { externalReferences: references },
		properties: [
			...componentProperties(component),
			...files.flatMap((file) => [...fileProperties(file, hashes.length > 0)]),
			...verificationProperties(evidence)
		],
		evidence: { occurrences: component.locations.map(({ path, line }) => ({
			location: documentText(path),
			...line !== void 0 && { line }
		})) }
	};
}
/** What a file has and no standard field can hold: an external reference needs an address. */
function* fileProperties(file, isComponent) {
	for (const digest of file.otherDigests) yield digestProperty(digest, file.name);
	for (const digest of file.hashes) if (!(ALGORITHMS[digest.algorithm] && (isComponent || file.url !== void 0))) yield digestProperty(digestText(digest), file.name);
}
function* referencesOf$1(files, origin) {
	if (origin.git !== void 0) yield {
		type: "vcs",
		url: origin.git
	};
	for (const { url, name, hashes } of files) {
		if (url === void 0) continue;
		const contents = hashContents(hashes);
		yield {
			type: "distribution",
			url,
			...name !== void 0 && { comment: name },
			...contents.length > 0 && { hashes: contents }
		};
	}
}
const ALGORITHMS = {
	md5: "MD5",
	sha1: "SHA-1",
	sha256: "SHA-256",
	sha384: "SHA-384",
	sha512: "SHA-512"
};
function hashContents(digests) {
	return digests.flatMap(({ algorithm, hex }) => {
		const alg = ALGORITHMS[algorithm];
		return alg === void 0 ? [] : [{
			alg,
			content: hex
		}];
	});
}
/** A list of licences, or one expression: the format has no list of expressions. */
function licensesOf$1(component) {
	const acknowledgement = "declared";
	const { expressions, names } = statedLicensesOf(component);
	if (names.length === 0 && expressions.some((expression) => !expression.isId)) return [{
		expression: allOf(expressions),
		acknowledgement
	}];
	return [...expressions.map(({ isId, text }) => ({ license: {
		...isId ? { id: text } : { name: text },
		acknowledgement
	} })), ...names.map((name) => ({ license: {
		name,
		acknowledgement
	} }))];
}
// src/formats/cyclonedx.ts
/** `bom-ref` of the checkout: no purl, so that no component can have it. */
const ROOT$1 = "checkout";
/**
* The SBOM as CycloneDX 1.6 JSON. docs/sbom.md says what is where.
*
* @see https://cyclonedx.org/docs/1.6/json/
*/
function cyclonedxOf(facts) {
	return {
		name: "sbom.cdx.json",
		mediaType: "application/vnd.cyclonedx+json; version=1.6",
		chunks: () => jsonChunks(bomOf(facts))
	};
}
function bomOf(facts) {
	return { members: [
		["$schema", { value: "http://cyclonedx.org/schema/bom-1.6.schema.json" }],
		["bomFormat", { value: "CycloneDX" }],
		["specVersion", { value: "1.6" }],
		["serialNumber", { value: `urn:uuid:${facts.uuidOf("cyclonedx")}` }],
		["version", { value: 1 }],
		["metadata", metadataOf(facts)],
		["components", { each: map(facts.components, (component) => componentOf(component, facts)) }],
		["dependencies", { each: dependenciesOf(facts) }],
		["compositions", { nodes: compositionsOf(facts) }],
		["properties", { each: sourceProperties(facts) }]
	] };
}
function metadataOf(facts) {
	const tool = {
		type: "application",
		name: "assay",
		version: facts.toolVersion
	};
	return { members: [
		["timestamp", { value: facts.created.at }],
		["lifecycles", { value: [{ phase: "pre-build" }] }],
		["tools", { value: { components: [tool] } }],
		["component", { value: rootOf$1(facts) }],
		["licenses", { value: [{ license: { id: "CC0-1.0" } }] }],
		["properties", { each: checkoutProperties(facts) }]
	] };
}
function rootOf$1({ checkout }) {
	const { name, commit, repository } = checkout;
	const purl = statedPurl(checkoutPurl(checkout));
	const vcs = gitUrl(repository ?? "")?.replace(/^git\+/, "");
	return {
		type: "application",
		"bom-ref": ROOT$1,
		name: documentText(name),
		...commit !== void 0 && { version: documentText(commit) },
		...purl && { purl },
		...vcs && { externalReferences: [{
			type: "vcs",
			url: vcs
		}] }
	};
}
/** A component whose dependencies nobody knows has no entry: an empty one would say that it has none. */
function* dependenciesOf(facts) {
	yield {
		ref: ROOT$1,
		dependsOn: facts.direct.map(refOf)
	};
	for (const component of facts.components) {
		const dependsOn = facts.dependenciesOf(component).map(refOf);
		if (dependsOn.length > 0 || component.edges !== "unknown") yield {
			ref: refOf(component.purl),
			dependsOn
		};
	}
}
const COMPLETENESS$2 = [
	"complete",
	"incomplete",
	"unknown"
];
/** One composition for each answer: the list of components by the checkout, edges by where they start. */
function* compositionsOf(facts) {
	for (const aggregate of COMPLETENESS$2) {
		const root = facts.completeness === aggregate;
		if (!root && !facts.components.some((item) => facts.completenessOf(item) === aggregate)) continue;
		yield { members: [
			["aggregate", { value: aggregate }],
			["assemblies", root ? { value: [ROOT$1] } : void 0],
			["dependencies", { each: refsWith(aggregate, facts) }]
		] };
	}
}
function* refsWith(aggregate, facts) {
	if (facts.completeness === aggregate) yield ROOT$1;
	for (const component of facts.components) if (facts.completenessOf(component) === aggregate) yield refOf(component.purl);
}
function* map(components, makeOne) {
	for (const component of components) yield makeOne(component);
}
// src/formats/sbom.ts
/** Prepares what the formats share. Memory: some words for each component, and nothing of its text. */
function sbomFactsOf(input) {
	const { components, lockfiles, gaps, checkout } = input;
	const known = new Set(components.map((component) => component.purl));
	const ours = lockfiles.filter((lockfile) => !lockfile.fixture);
	const evidence = Map.groupBy(input.evidence, (item) => item.subject);
	const withGaps = new Set(gaps.map((gap) => gap.location.path));
	const uncertain = new Set(lockfiles.filter(({ path }) => withGaps.has(path)).flatMap((lockfile) => lockfile.components));
	const fixtures = new Set(lockfiles.filter(({ fixture }) => fixture).map(({ path }) => path));
	const unseen = input.unreadable.length > 0 || checkout.sparse || checkout.submodules.some((submodule) => submodule.missing) || gaps.some((gap) => !fixtures.has(gap.location.path));
	const evidenceOf = (component) => (evidence.get(component.purl) ?? []).toSorted(byContent);
	const content = contentHash(input, evidenceOf);
	return {
		...input,
		direct: [...new Set(ours.flatMap((lockfile) => lockfile.direct))].filter((purl) => known.has(purl)).sort(),
		completeness: unseen ? "incomplete" : ours.length > 0 ? "complete" : "unknown",
		completenessOf(component) {
			if (component.edges === "unknown") return "unknown";
			return component.dependsOn.some((purl) => !known.has(purl)) || uncertain.has(component.purl) ? "incomplete" : "complete";
		},
		dependenciesOf: ({ dependsOn }) => dependsOn.filter((purl, at) => known.has(purl) && purl !== dependsOn[at - 1]),
		evidenceOf,
		uuidOf: (format) => uuidFrom(`${format}\n${content}`)
	};
}
function contentHash(input, evidenceOf) {
	const { toolVersion, created, checkout, unreadable, gaps } = input;
	const sum = (0, node_crypto.createHash)("sha256");
	const add = (value) => void sum.update(`${JSON.stringify(value)}\n`);
	add([
		toolVersion,
		created,
		checkout,
		unreadable,
		gaps
	]);
	for (const { components, ...lockfile } of input.lockfiles) {
		add(lockfile);
		for (const purl of components) sum.update(`${purl}\n`);
	}
	for (const component of input.components) add([component, evidenceOf(component).map(contentOf)]);
	return sum.digest("hex");
}
/** Without when it was looked at, and without words that can hold durations. */
function contentOf(evidence) {
	const { kind, outcome, source, file = "", observed, signer } = evidence;
	return [
		file,
		kind,
		outcome,
		source,
		...[observed?.algorithm ?? "", observed?.hex ?? ""],
		...signer ? [signer] : []
	];
}
function byContent(a, b) {
	const [left, right] = [JSON.stringify(contentOf(a)), JSON.stringify(contentOf(b))];
	return left < right ? -1 : left > right ? 1 : 0;
}
function uuidFrom(seed) {
	const hex = (0, node_crypto.hash)("sha256", seed);
	const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4] ?? "8";
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`8${hex.slice(13, 16)}`,
		variant + hex.slice(17, 20),
		hex.slice(20, 32)
	].join("-");
}
// src/formats/spdx/licenses.ts
/** `licenseDeclared`: one expression, in which names that are no SPDX are references. */
function declaredLicenseOf(component) {
	const { expressions, names } = statedLicensesOf(component);
	const refs = names.map(refOfName).flatMap((ref) => parseSpdxExpression(ref) ?? []);
	const all = [...expressions, ...refs];
	return all.length === 0 ? "NOASSERTION" : allOf(all);
}
/** What `LicenseRef-…` stands for, each once, in order of first use. */
function* licenseRefsOf(components) {
	const told = /* @__PURE__ */ new Set();
	for (const component of components) {
		if (component.licenses.length === 0) continue;
		const { expressions, names } = statedLicensesOf(component);
		for (const name of names) {
			const licenseId = refOfName(name);
			if (told.has(licenseId)) continue;
			told.add(licenseId);
			yield {
				licenseId,
				name,
				extractedText: name
			};
		}
		for (const licenseId of expressions.flatMap((expression) => expression.refs)) {
			if (told.has(licenseId)) continue;
			told.add(licenseId);
			yield {
				licenseId,
				name: licenseId,
				extractedText: "NOASSERTION"
			};
		}
	}
}
function refOfName(name) {
	return `LicenseRef-assay-${name.slice(0, 40).replace(/[^A-Za-z0-9.]+/g, "-")}-${(0, node_crypto.hash)("sha256", name).slice(0, 12)}`;
}
// src/formats/spdx/package.ts
/** Identifier of a component's package: readable, and another for each purl. */
function spdxIdOf(purl) {
	return `SPDXRef-Package-${purl.slice(4, 84).replace(/%40/gi, "").replace(/[^A-Za-z0-9.]+/g, "-")}-${(0, node_crypto.hash)("sha256", purl).slice(0, 20)}`;
}
/** One element of `packages`. */
function packageOf(component, facts) {
	const evidence = facts.evidenceOf(component);
	const files = statedFilesOf(component, evidence);
	const hashes = hashesOf(files);
	const only = files.length === 1 ? files[0] : void 0;
	return {
		SPDXID: spdxIdOf(component.purl),
		name: documentText(component.name),
		...component.version !== "" && { versionInfo: documentText(component.version) },
		...only?.name !== void 0 && { packageFileName: only.name },
		supplier: "NOASSERTION",
		downloadLocation: downloadLocationOf(component, files),
		filesAnalyzed: false,
		...hashes.length > 0 && { checksums: hashes.map(checksumOf) },
		sourceInfo: sourceInfoOf(component),
		licenseConcluded: "NOASSERTION",
		licenseDeclared: declaredLicenseOf(component),
		copyrightText: "NOASSERTION",
		primaryPackagePurpose: "LIBRARY",
		externalRefs: [...referencesOf(component.purl, hashes.length > 0 && only ? [] : files)],
		annotations: [annotationOf(facts, [
			...componentProperties(component),
			...files.flatMap((file) => file.otherDigests.map((it) => digestProperty(it, file.name))),
			...verificationProperties(evidence)
		])]
	};
}
/** Facts without a field of their own, one a line. */
function annotationOf(facts, properties) {
	return {
		annotationDate: facts.created.at,
		annotationType: "OTHER",
		annotator: `Tool: assay-${facts.toolVersion}`,
		comment: properties.map(({ name, value }) => `${name}=${value}`).join("\n")
	};
}
/** An external reference by which package managers and advisories know a package. */
function purlReference(purl) {
	return {
		referenceCategory: "PACKAGE-MANAGER",
		referenceType: "purl",
		referenceLocator: purl
	};
}
function* referencesOf(purl, files) {
	const stated = statedPurl(purl);
	if (stated) yield purlReference(stated);
	for (const { name, url, hashes } of files) {
		const digests = hashes.map(digestText);
		const locator = url ?? (name === void 0 ? digests[0] : encodeURIComponent(name));
		if (locator === void 0) continue;
		const comment = [...name === void 0 ? [] : [name], ...digests].join(" ");
		yield {
			referenceCategory: "OTHER",
			referenceType: "distribution",
			referenceLocator: locator,
			...comment !== "" && comment !== locator && { comment }
		};
	}
}
/** Several files have several places, and the format has room for one: then references name them. */
function downloadLocationOf(component, files) {
	const { git } = statedOriginOf(component);
	if (git !== void 0) return git;
	if (component.origin.kind === "local") return "NONE";
	const urls = new Set(files.map((file) => file.url));
	const [url] = urls;
	return urls.size === 1 && url !== void 0 ? url : "NOASSERTION";
}
function checksumOf({ algorithm, hex }) {
	return {
		algorithm: algorithm.toUpperCase(),
		checksumValue: hex
	};
}
function sourceInfoOf({ locations }) {
	return `Locked in ${locations.map(({ path, line }) => line === void 0 ? documentText(path) : `${documentText(path)}:${line}`).join(", ")}`;
}
// src/formats/spdx.ts
const DOCUMENT = "SPDXRef-DOCUMENT";
/** Ids of components begin with `SPDXRef-Package-`. */
const ROOT = "SPDXRef-Checkout";
/**
* The SBOM as SPDX 2.3 JSON. docs/sbom.md says what is where.
*
* @see https://spdx.github.io/spdx-spec/v2.3/
*/
function spdxOf(facts) {
	return {
		name: "sbom.spdx.json",
		mediaType: "application/spdx+json",
		chunks: () => jsonChunks(documentOf(facts))
	};
}
function documentOf(facts) {
	const { created, toolVersion, checkout, completeness } = facts;
	const namespace = `https://assay.dev/spdx/${checkout.name.replace(/[^A-Za-z0-9.-]+/g, "-").slice(0, 100)}-${facts.uuidOf("spdx")}`;
	return { members: [
		["spdxVersion", { value: "SPDX-2.3" }],
		["dataLicense", { value: "CC0-1.0" }],
		["SPDXID", { value: DOCUMENT }],
		["name", { value: documentText(checkout.name) }],
		["documentNamespace", { value: namespace }],
		["creationInfo", { value: {
			created: created.at,
			creators: [`Tool: assay-${toolVersion}`],
			comment: "SBOM type: Source. Made from lockfiles, before any build."
		} }],
		["comment", { value: `Packages: ${completeness}; ${COMPLETENESS$1[completeness]}.` }],
		["packages", { each: packagesOf(facts) }],
		["hasExtractedLicensingInfos", { each: licenseRefsOf(facts.components) }],
		["relationships", { each: relationshipsOf(facts) }],
		["annotations", { each: annotationsOf(facts) }]
	] };
}
const COMPLETENESS$1 = {
	complete: "every entry of every lockfile is a package",
	incomplete: "entries or lockfiles could not be resolved, or parts of the tree are not there",
	unknown: "no lockfile was found"
};
function* packagesOf(facts) {
	yield rootOf(facts);
	for (const component of facts.components) yield packageOf(component, facts);
}
function rootOf({ checkout }) {
	const { name, commit, repository } = checkout;
	const purl = statedPurl(checkoutPurl(checkout));
	const git = repository === void 0 ? void 0 : gitUrl(repository);
	return {
		SPDXID: ROOT,
		name: documentText(name),
		...commit !== void 0 && { versionInfo: documentText(commit) },
		supplier: "NOASSERTION",
		downloadLocation: git === void 0 ? "NOASSERTION" : gitLocation(git, commit),
		filesAnalyzed: false,
		licenseConcluded: "NOASSERTION",
		licenseDeclared: "NOASSERTION",
		copyrightText: "NOASSERTION",
		primaryPackagePurpose: "APPLICATION",
		...purl && { externalRefs: [purlReference(purl)] }
	};
}
/** Scopes that SPDX has a word for; the rest depends, and no more. */
const SCOPE_RELATIONSHIPS = {
	development: "DEV_DEPENDENCY_OF",
	optional: "OPTIONAL_DEPENDENCY_OF"
};
/**
* Every edge is a DEPENDS_ON, the one that readers know. What the project asks for in a scope has that
* scope's relationship on top.
*/
function* relationshipsOf(facts) {
	yield relationship(DOCUMENT, "DESCRIBES", ROOT);
	yield* edgesFrom(ROOT, facts.direct, facts.completeness);
	const direct = new Set(facts.direct);
	for (const component of facts.components) {
		const id = spdxIdOf(component.purl);
		yield* edgesFrom(id, facts.dependenciesOf(component), facts.completenessOf(component));
		const type = scopeRelationship(component);
		if (type !== void 0 && direct.has(component.purl)) yield relationship(id, type, ROOT);
	}
}
/** NONE says that there is no other; NOASSERTION that there may be. */
function* edgesFrom(id, to, completeness) {
	for (const purl of to) yield relationship(id, "DEPENDS_ON", spdxIdOf(purl));
	if (completeness !== "complete") yield relationship(id, "DEPENDS_ON", "NOASSERTION");
	else if (to.length === 0) yield relationship(id, "DEPENDS_ON", "NONE");
}
function scopeRelationship({ scope }) {
	return scope === void 0 || scope === "runtime" ? void 0 : SCOPE_RELATIONSHIPS[scope];
}
function relationship(from, type, to) {
	return {
		spdxElementId: from,
		relationshipType: type,
		relatedSpdxElement: to
	};
}
function* annotationsOf(facts) {
	yield annotationOf(facts, [...checkoutProperties(facts)]);
	for (const source of sourceProperties(facts)) yield annotationOf(facts, [source]);
}
// src/stages/sbom/section.ts
/** Licences that the summary lists; the documents have all. */
const MAX_LICENSES = 10;
/** What the documents hold, for a person. */
function sectionOf$2(facts, documents) {
	return {
		title: "Software bill of materials",
		blocks: [{
			kind: "paragraph",
			text: introOf(facts, documents)
		}, ...facts.components.length === 0 ? [] : [countsOf(facts.components), licensesOf(facts.components)]]
	};
}
const COMPLETENESS = {
	complete: "The list is complete: every entry of every lockfile is in it.",
	incomplete: "The list is incomplete, and the documents say so: something could not be resolved or read.",
	unknown: "Nobody knows whether the list is complete: there is no lockfile."
};
function introOf({ completeness, created }, documents) {
	const names = documents.flatMap(({ name }, index) => index === 0 ? [{ code: name }] : [" and ", { code: name }]);
	const undated = created.from === "fallback" ? ` There is no commit to take a time from, so both say ${created.at}.` : "";
	return [
		"Written as ",
		...names,
		`. ${COMPLETENESS[completeness]}${undated}`
	];
}
const COLUMNS = [
	"runtime",
	"optional",
	"development",
	"test data",
	"not stated"
];
function columnOf({ fixture, scope }) {
	return fixture ? "test data" : scope ?? "not stated";
}
/** Components by ecosystem and scope; columns that nothing is in are left out. */
function countsOf(components) {
	const ecosystems = Map.groupBy(components, ({ ecosystem }) => ecosystem);
	const columns = COLUMNS.filter((column) => components.some((item) => columnOf(item) === column));
	return {
		kind: "table",
		columns: [{ title: "Ecosystem" }, ...[...columns, "all"].map((title) => ({
			title,
			numeric: true
		}))],
		rows: [...ecosystems].sort(([a], [b]) => a < b ? -1 : 1).map(([ecosystem, all]) => [
			ecosystem,
			...columns.map((column) => `${all.filter((item) => columnOf(item) === column).length}`),
			`${all.length}`
		])
	};
}
/** The most frequent licences, as stated. */
function licensesOf(components) {
	const counts = /* @__PURE__ */ new Map();
	for (const { licenses } of components) {
		const stated = licenses.map((license) => parseSpdxExpression(license)?.text ?? license);
		const label = stated.length === 0 ? "not stated" : stated.join(", ");
		counts.set(label, (counts.get(label) ?? 0) + 1);
	}
	const sorted = [...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1));
	const rest = sorted.slice(MAX_LICENSES).reduce((sum, [, count]) => sum + count, 0);
	const bars = sorted.slice(0, MAX_LICENSES).map(([label, value]) => ({
		label,
		value
	}));
	return {
		kind: "details",
		summary: `Licences as stated: ${counts.size}`,
		blocks: [{
			kind: "chart",
			bars: rest === 0 ? bars : [...bars, {
				label: "others",
				value: rest
			}]
		}]
	};
}
// src/stages/sbom.ts
/** Writes what is in the checkout, and what was verified of it, as SPDX and CycloneDX. */
const sbom = defineStage({
	id: "sbom",
	title: "Write the SBOMs",
	needs: {
		checkout,
		inventory
	},
	rules: [],
	run(context, { checkout: where, inventory: found }) {
		const findings = context.reports.flatMap((report) => report.findings);
		const facts = sbomFactsOf({
			toolVersion: context.version,
			created: createdOf(context.host.env, where),
			checkout: where,
			components: found.components,
			lockfiles: found.lockfiles,
			gaps: found.gaps,
			unreadable: findings.filter((finding) => INCOMPLETE.includes(finding.rule)).map((finding) => finding.subject).sort(),
			evidence: context.reports.flatMap((report) => report.evidence)
		});
		const output = {
			spdx: spdxOf(facts),
			cyclonedx: cyclonedxOf(facts)
		};
		const documents = [output.spdx, output.cyclonedx];
		return Promise.resolve({
			output,
			documents,
			section: sectionOf$2(facts, documents),
			stats: {
				components: facts.components.length,
				edges: edgesIn(facts),
				licensed: facts.components.filter(({ licenses }) => licenses.length > 0).length
			}
		});
	}
});
/** The earliest time that a zip archive can hold: nobody takes it for a real one. */
const NO_TIME = "1980-01-01T00:00:00Z";
/**
* The time that documents carry, the same for the same checkout.
*
* @throws InputError `INPUT_INVALID` when SOURCE_DATE_EPOCH is no time
* @see https://reproducible-builds.org/specs/source-date-epoch/
*/
function createdOf(env, { committedAt }) {
	const epoch = env["SOURCE_DATE_EPOCH"] ?? "";
	if (epoch !== "") return {
		at: timeOfEpoch(epoch),
		from: "SOURCE_DATE_EPOCH"
	};
	if (committedAt === void 0 || !Number.isFinite(Date.parse(committedAt))) return {
		at: NO_TIME,
		from: "fallback"
	};
	return {
		at: inSeconds$1(new Date(committedAt)),
		from: "commit"
	};
}
/** SPDX has four digits for a year: 9999-12-31T23:59:59Z. */
const LAST_EPOCH = 253402300799;
function timeOfEpoch(epoch) {
	if (/^\d{1,12}$/.test(epoch) && Number(epoch) <= LAST_EPOCH) return inSeconds$1(/* @__PURE__ */ new Date(Number(epoch) * 1e3));
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot read the variable SOURCE_DATE_EPOCH: found "${epoch.slice(0, 40)}", expected seconds since 1970`,
		remedy: "Set it to `git log -1 --format=%ct`, or unset it to use the time of the commit"
	});
}
function inSeconds$1(date) {
	return `${date.toISOString().slice(0, 19)}Z`;
}
function edgesIn({ components, direct }) {
	return components.reduce((sum, component) => sum + component.dependsOn.length, direct.length);
}
// src/stages/sign/way.ts
/** The lines to paste into a workflow. */
const PERMISSION_LINES = `\`permissions:\` with \`id-token: write\` (and what the job has besides, such as \`contents: read\`, \`packages: write\`)`;
/** Whether something was asked for that cannot be had without a signature. */
function isExplicit({ settings: { sign } }) {
	return sign.mode !== "auto" || sign.subjectPaths.length > 0 || sign.subjectChecksums !== void 0 || sign.promoteTo.length > 0;
}
/**
* Why nothing can be signed in this run though there are images: they alone, and nobody said how.
*
* @returns nothing when something can, or when it is an error that nothing can
*/
function whyNoWay(asking) {
	if (wayOf(asking) !== void 0 || isExplicit(asking)) return void 0;
	const { idTokens } = asking.host;
	return idTokens === void 0 && isOnRunner(asking) ? "the job may not ask for a token to sign with: give it `permissions: id-token: write`, or `signing-key`" : "there is no key to sign with: set `COSIGN_PRIVATE_KEY`";
}
function wayOf({ host, settings: { sign } }) {
	if (sign.mode !== "keyless" && sign.key !== void 0) return "key";
	return sign.mode !== "key" && host.idTokens !== void 0 ? "keyless" : void 0;
}
/**
* With what this run signs.
*
* @throws InputError `PERMISSION_MISSING` when the job may not ask for a token, `INPUT_INVALID` without a key
*/
function wayToSign(asking) {
	const way = wayOf(asking);
	if (way !== void 0) return way;
	if (asking.settings.sign.mode === "key" || !isOnRunner(asking)) throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: "Cannot sign: found no private key, expected one",
		remedy: "Give `signing-key` and `signing-key-password`, or set `COSIGN_PRIVATE_KEY` and `COSIGN_PASSWORD`"
	});
	throw new require_errors.InputError({
		code: "PERMISSION_MISSING",
		message: "Cannot sign: the job may not ask GitHub for a token that says which workflow it is",
		remedy: `Add to the job ${PERMISSION_LINES}; or give \`signing-key\`, or \`sign: off\``
	});
}
function isOnRunner({ host }) {
	return host.env["GITHUB_ACTIONS"] === "true";
}
// src/stages/provenance.ts
const NONE = {
	list: [],
	missing: []
};
/** Makes what is stated about every image and file: what went into it, and where it was built. */
const provenance = defineStage({
	id: "provenance",
	title: "Write the statements",
	needs: {
		checkout,
		images,
		files,
		sbom
	},
	rules: Object.values(rules_exports$4),
	skipReason,
	idle: NONE,
	async run(context, given) {
		if (given.images.length === 0 && given.files.length === 0) return {
			output: NONE,
			nothing: "there is no image and no file to state anything about"
		};
		const { makePredicates } = await Promise.resolve().then(() => require("./chunk-predicates.js"));
		const { checkout: where, sbom: sboms } = given;
		const { predicates, findings } = await makePredicates(context, {
			checkout: where,
			sboms
		});
		return {
			output: predicates,
			findings,
			section: sectionOf$3(predicates),
			stats: {
				statements: predicates.list.length,
				missing: predicates.missing.length
			}
		};
	}
});
/** What nobody signs need not be stated. */
function skipReason(context) {
	const { sign, images: named, offline } = context.settings;
	const isNothing = named.length === 0 && sign.subjectPaths.length === 0 && sign.subjectChecksums === void 0;
	if (sign.mode === "off" || isNothing) return NOT_ASKED_FOR;
	if (offline) return "the run uses no network";
	return whyNoWay(context) === void 0 ? void 0 : "nothing is signed in this run";
}
// src/stages/sign/rules.ts
var rules_exports$3 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	CONTRADICTED: () => CONTRADICTED$1,
	NOT_KEPT: () => NOT_KEPT,
	NOT_PROMOTED: () => NOT_PROMOTED,
	NOT_SIGNED: () => NOT_SIGNED
});
const NOT_KEPT = {
	id: "sign/not-kept",
	title: "A signature or attestation could not be kept where it was asked for",
	severity: "high",
	why: "Whoever looks there finds nothing that they could verify, and verifiers refuse what is shipped.",
	remedy: "Remove what is in the way, as the message says, and run again: what is signed already stays as it is."
};
const NOT_SIGNED = {
	id: "sign/not-signed",
	title: "An image that was to be signed could not be looked at",
	severity: "high",
	why: "It is not signed, and what comes after this step may ship it all the same.",
	remedy: "Do what the finding about this image says, and run again."
};
const CONTRADICTED$1 = {
	id: "sign/contradicted",
	title: "What was read back is not what was signed",
	severity: "critical",
	why: "Verification with the exact identity of this run fails for what was just signed: a registry, a log or an authority serves something else, or the trusted root is of another deployment.",
	remedy: "Do not ship it. Check that `trusted-root` and `signing-config` are of one deployment, and who else may write to the registry; then run again."
};
const NOT_PROMOTED = {
	id: "sign/not-promoted",
	title: "A signed image was not promoted",
	severity: "high",
	why: "The tag was left as it was: it never names an image whose signatures are not beside it.",
	remedy: "Remove what is in the way, as the message says, and run again: what is copied already is not copied again."
};
// src/stages/sign.ts
/** Signs what is shipped, brings signatures and statements to where they are looked for, and reads them back from there. */
const sign = defineStage({
	id: "sign",
	title: "Sign what is shipped",
	needs: {
		checkout,
		policyFile,
		images,
		files,
		provenance
	},
	rules: Object.values(rules_exports$3),
	skipReason: (context) => notAsked(context) ?? whyNoWay(context),
	async run(context, inputs) {
		const { signEverything } = await Promise.resolve().then(() => require("./chunk-run2.js"));
		return signEverything(context, inputs);
	}
});
function notAsked({ settings: { sign: asked, images: named, offline } }) {
	const isNothing = named.length === 0 && asked.subjectPaths.length === 0 && asked.subjectChecksums === void 0;
	if (asked.mode === "off" || isNothing) return NOT_ASKED_FOR;
	return offline ? "the run uses no network" : void 0;
}
// src/stages/signatures/asking.ts
/** Packages of one registry after which, when none of them has a signature, the others are not asked about. */
const SAMPLE = 24;
/** Asks the registries about all items. Never throws for what they answer. */
async function askAll(asker, items, sources) {
	const { groups, refused } = groupsOf(asker, items, sources);
	const progress = asker.host.progress("Verifying signatures", items.length);
	const ask = async ({ group, item }) => {
		const asked = await askOne(asker, group, item);
		progress.advance();
		return asked;
	};
	try {
		const first = await inParallel(groups.flatMap((group) => sampleOf(group.items).map((item) => ({
			group,
			item
		}))), asker.concurrency, ask);
		const rest = await inParallel(groups.flatMap((group) => {
			const sample = new Set(sampleOf(group.items));
			const rest = group.items.filter((item) => !sample.has(item));
			return isSilent(group, first) ? [] : rest.map((item) => ({
				group,
				item
			}));
		}), asker.concurrency, ask);
		const order = new Map(items.map((item, at) => [item, at]));
		const asked = [
			...refused,
			...first,
			...rest
		].sort((a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0));
		const clients = new Map(groups.map(({ source, client }) => [source, client]));
		return {
			asked,
			silent: silentPlaces(groups, asked),
			clients
		};
	} finally {
		progress.done();
	}
}
function silentPlaces(groups, asked) {
	return groups.filter((group) => isSilent(group, asked)).map(({ source, place, items }) => {
		const those = asked.filter((one) => one.source === source && one.place === place);
		const known = new Set(those.map(({ item }) => item));
		return {
			source,
			place,
			asked: those,
			left: items.filter((item) => !known.has(item))
		};
	});
}
/** Whether a registry mostly answered, and no answer tells of a signature on anything. */
function isSilent({ source, place }, asked) {
	const those = asked.filter((one) => one.source === source && one.place === place);
	const answers = those.flatMap(({ answer }) => answer ?? []);
	if (answers.length * 2 <= those.length) return false;
	return !answers.some(({ serves }) => serves.includes(source.signs));
}
/** Some items out of the whole list, so that packages of one scope do not speak for all. */
function sampleOf(items) {
	const step = Math.max(1, items.length / SAMPLE);
	return items.filter((_item, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}
function groupsOf(asker, items, sources) {
	const refused = [];
	const groups = [];
	for (const source of sources) {
		const its = items.filter(({ component }) => component.ecosystem === source.ecosystem);
		if (its.length === 0) continue;
		const refuse = (item, error) => {
			refused.push({
				item,
				source,
				obstacle: obstacleOf(asker, source, error)
			});
		};
		try {
			const client = source.connect(asker.context);
			const places = Map.groupBy(its, (item) => {
				try {
					return client.placeOf(item.component, item.file) ?? "";
				} catch (error) {
					refuse(item, error);
					return;
				}
			});
			for (const [place, group] of places) if (place !== void 0) groups.push({
				source,
				client,
				place,
				items: group
			});
		} catch (error) {
			for (const item of its) refuse(item, error);
		}
	}
	return {
		groups,
		refused
	};
}
async function askOne(asker, { source, client, place }, item) {
	const basis = asker.basisOf(item, source.algorithm);
	const asked = {
		item,
		source,
		place,
		...basis && { basis }
	};
	if (asker.signal.aborted) return {
		...asked,
		obstacle: plain("the run was ended")
	};
	if (asker.offline) return {
		...asked,
		obstacle: plain("the run is offline")
	};
	if (basis === void 0) {
		const wanted = source.algorithm.toUpperCase();
		return {
			...asked,
			obstacle: plain(`no one ${wanted} digest of the file is known to hold it to`)
		};
	}
	try {
		const answer = await client.ask({
			...item,
			digest: basis.digest
		});
		if (answer) return {
			...asked,
			answer
		};
		return {
			...asked,
			obstacle: plain(`${place} knows no such package or version`)
		};
	} catch (error) {
		return {
			...asked,
			obstacle: obstacleOf(asker, source, error)
		};
	}
}
function plain(reason) {
	return {
		reason,
		detail: reason
	};
}
function obstacleOf({ host }, { ecosystem }, error) {
	const detail = require_errors.messageOf(error);
	if (error instanceof require_errors.CancelledError) return plain("the run was ended");
	if (error instanceof require_errors.ServiceError) {
		const { url, reason, remedy } = error;
		return {
			reason: `${url !== void 0 && URL.canParse(url) ? new URL(url).host : ecosystem}: ${reason ?? detail}`,
			remedy,
			detail
		};
	}
	if (error instanceof require_errors.AssayError) {
		const { remedy } = error;
		return {
			reason: detail,
			remedy,
			detail
		};
	}
	if (Error.isError(error)) host.log.debug(error.stack ?? "");
	return {
		reason: `internal error: ${detail}`,
		remedy: "This is a bug in Assay; please report it with the debug log",
		detail
	};
}
// src/stages/signatures/basis.ts
/** Reads the evidence of the stages before. */
function basesOf(reports) {
	const read = Map.groupBy(reports.flatMap(({ evidence }) => evidence).filter(({ kind, observed }) => kind === "digest" && observed !== void 0), ({ subject, file }) => keyOf(subject, file));
	const seenOf = ({ component, file }) => read.get(keyOf(component.purl, file.name)) ?? [];
	return {
		basisOf(item, algorithm) {
			const seen = seenOf(item);
			const locked = item.file.digests.filter((digest) => digest.algorithm === algorithm);
			const same = locked.find((digest) => isAmong(seen, digest));
			if (same) return {
				digest: same,
				of: "bytes"
			};
			const other = otherBytes(seen, algorithm);
			if (other) return {
				digest: other,
				of: "other-bytes"
			};
			const [only] = locked;
			return only && locked.length === 1 ? {
				digest: only,
				of: "lock"
			} : void 0;
		},
		isRead(item) {
			const seen = seenOf(item);
			if (item.file.name !== void 0) return seen.length > 0;
			return item.file.digests.some((digest) => isAmong(seen, digest));
		}
	};
}
function isAmong(seen, { algorithm, hex }) {
	return seen.some(({ observed }) => observed?.algorithm === algorithm && observed.hex === hex);
}
/** What was read in the place of a file, where that is one thing. */
function otherBytes(seen, algorithm) {
	const [first] = seen;
	if (first === void 0 || seen.length > 1 || first.outcome !== "contradicted") return void 0;
	return first.observed?.algorithm === algorithm ? first.observed : void 0;
}
/** For evidence: what was signed, after what was found. */
function basisText({ of }) {
	return {
		bytes: "over the bytes read",
		"other-bytes": "over the bytes read, which are not the locked ones",
		lock: "over the locked digest; bytes not read in this run"
	}[of];
}
function keyOf(subject, file) {
	return `${subject}\n${file ?? ""}`;
}
// src/policy/publishers.ts
/** Who vouches for the identities of a server's workflows: a certificate of any other issuer names nothing of it. */
const ISSUERS = {
	"github.com": "https://token.actions.githubusercontent.com",
	"gitlab.com": "https://gitlab.com"
};
/** The rules that name a package. */
function publishersOf(rules, purl) {
	const plain = withoutVersion(purl);
	return rules.filter(({ packages }) => packages.some((pattern) => require_wildcard.textMatches(pattern, plain)));
}
/** `pkg:npm/%40octo/lib` of `pkg:npm/%40octo/lib@1.0.0?a=b`: in a purl, every other `@` is escaped. */
function withoutVersion(purl) {
	return purl.split(/[@?#]/, 1)[0] ?? "";
}
/**
* Holds a signer to a rule. Everything is compared whole: a part of an address never counts.
*
* @returns what differs, as text; nothing when the signer is the one that the rule names
*/
function publisherMismatch(rule, signer) {
	const { repository, workflow, ref, builder } = rule;
	const issuer = ISSUERS[new URL(repository).host];
	if (issuer === void 0 || signer.issuer !== issuer) return differs("issuer", signer.issuer, issuer ?? "a known one");
	if (signer.repository !== repository) return differs("repository", signer.repository, repository);
	if (workflow !== void 0 && !startedBy(signer, repository, workflow)) return differs("workflow", signer.workflow, `${repository}/${workflow}`);
	if (ref !== void 0 && (signer.ref === void 0 || !require_wildcard.textMatches(ref, signer.ref))) return differs("ref", signer.ref, ref);
	const used = signer.builder ?? signer.workflow;
	if (builder !== void 0 && withoutRef(used) !== builder) return differs("builder", used, builder);
}
/** GitHub puts one slash between repository and path, GitLab two; then the ref or the commit. */
function startedBy(signer, repository, path) {
	return ["/", "//"].some((slash) => [signer.ref, signer.commit].some((at) => at !== void 0 && signer.workflow === `${repository}${slash}${path}@${at}`));
}
/** The address of a workflow without the ref at its end. */
function withoutRef(workflow) {
	return workflow?.split("@", 1)[0];
}
function differs(what, found, expected) {
	return `its ${what} is ${found ?? "not stated"}, expected ${expected}`;
}
// src/stages/signatures/base-version.ts
/**
* The version that a changed one took the place of: the highest of the same major line, else the highest at
* all when the change leads upwards. A maintenance line beside a newer one has its own ways to publish.
*
* @param known what the base commit locks under the same name
*/
function baseVersionOf(component, known) {
	const others = known.filter(({ version }) => version !== component.version).toSorted((a, b) => compareVersions(b.version, a.version));
	const same = others.find(({ version }) => lineOf(version) === lineOf(component.version));
	if (same) return {
		component: same,
		sameLine: true
	};
	const [highest] = others;
	return highest && compareVersions(component.version, highest.version) > 0 ? {
		component: highest,
		sameLine: false
	} : void 0;
}
/** Before 1.0 the second number is what the first is after. */
function lineOf(version) {
	const [major = 0, minor = 0] = numbersIn(version);
	return major === 0 ? `0.${minor}` : `${major}`;
}
function compareVersions(a, b) {
	const [left, right] = [numbersIn(a), numbersIn(b)];
	const length = Math.max(left.length, right.length);
	for (let at = 0; at < length; at++) {
		const difference = (left[at] ?? 0) - (right[at] ?? 0);
		if (difference !== 0) return difference;
	}
	return a < b ? -1 : a > b ? 1 : 0;
}
/** The numbers that a version begins with; enough to tell lines apart, in every ecosystem. */
function numbersIn(version) {
	const plain = /^v?(\d{1,15}(?:\.\d{1,15}){0,9})/.exec(version)?.[1] ?? "";
	return plain === "" ? [] : plain.split(".").map(Number);
}
// src/stages/signatures/observed.ts
/** What the answers are evidence of. A package of a registry that serves no signatures lacks none. */
function observedIn({ asked, silent }, now) {
	const places = new Set(silent.map(({ source, place }) => `${source.ecosystem} ${place}`));
	const isQuiet = ({ source, place }) => places.has(`${source.ecosystem} ${place ?? ""}`);
	return asked.flatMap((one) => {
		if (one.obstacle) return isQuiet(one) ? [] : [obstructed(one, one.obstacle, now)];
		const { observations } = one.answer ?? { observations: [] };
		return observations.filter(({ outcome }) => outcome !== "absent" || !isQuiet(one)).filter(({ kind, outcome }) => outcome !== "absent" || kind === "signature").map((observation) => observedOf(one, observation, now));
	});
}
/** One evidence for each registry that serves nothing. */
function silencesIn({ silent }, now) {
	return silent.map((one) => ({
		silent: one,
		evidence: {
			subject: one.place,
			kind: one.source.signs,
			outcome: "unavailable",
			source: one.place,
			observedAt: inSeconds(now),
			detail: silenceText(one)
		}
	}));
}
function silenceText({ source, asked, left }) {
	const packages = new Set(asked.map(({ item }) => item.component.name)).size;
	const noun = packages === 1 ? "package" : "packages";
	const what = source.signs === "signature" ? "a signature" : "an attestation";
	const rest = left.length === 0 ? "" : `; the other ${left.length} files were not asked about`;
	return `no version of ${packages} ${source.ecosystem} ${noun} has ${what} here${rest}`;
}
function obstructed(asked, obstacle, now) {
	return {
		asked,
		evidence: {
			...identityOf(asked, now),
			kind: asked.source.signs,
			outcome: "unavailable",
			source: asked.place ?? "",
			detail: obstacle.detail
		},
		obstacle
	};
}
function observedOf(asked, { reason, detail, ...observation }, now) {
	const { basis } = asked;
	const over = basis && observation.outcome !== "absent" ? `, ${basisText(basis)}` : "";
	const evidence = {
		...identityOf(asked, now),
		...observation,
		...basis && basis.of !== "lock" && { observed: basis.digest },
		detail: `${detail}${over}`
	};
	if (observation.outcome !== "unavailable") return {
		asked,
		evidence
	};
	return {
		asked,
		evidence,
		obstacle: {
			reason: `${asked.place ?? asked.source.ecosystem}: ${reason ?? detail}`,
			detail
		}
	};
}
function identityOf({ item: { component, file } }, now) {
	return {
		subject: component.purl,
		...file.name !== void 0 && { file: file.name },
		observedAt: inSeconds(now)
	};
}
function inSeconds(date) {
	return date.toISOString().replace(/\.\d+Z$/, "Z");
}
/** How messages name an item: `left-pad 1.3.0`, with the file where there are several. */
function nameOf({ component: { name, version, files }, file }) {
	return `${name} ${version}${files.length > 1 && file.name !== void 0 ? ` (${file.name})` : ""}`;
}
/** How many observations came out so. */
function countOf(observed, outcome) {
	return observed.filter(({ evidence }) => evidence.outcome === outcome).length;
}
// src/stages/signatures/rules.ts
var rules_exports$2 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	INVALID: () => INVALID,
	PROVENANCE_LOST: () => PROVENANCE_LOST,
	PUBLISHER_CHANGED: () => PUBLISHER_CHANGED,
	PUBLISHER_MISMATCH: () => PUBLISHER_MISMATCH,
	PUBLISHER_UNPROVEN: () => PUBLISHER_UNPROVEN,
	SERVES_NONE: () => SERVES_NONE,
	UNAVAILABLE: () => UNAVAILABLE$1,
	UNSIGNED: () => UNSIGNED$2
});
const INVALID = {
	id: "signatures/invalid",
	title: "A signature of a dependency does not hold",
	severity: "critical",
	why: "Something is signed, but not these bytes of this package: they were replaced, or the signature was made for others.",
	remedy: "Do not install it. Compare the bytes with those that another machine or mirror gets, restore the lockfile if it was changed, and report the version to the registry."
};
const UNSIGNED$2 = {
	id: "signatures/unsigned",
	title: "A dependency lacks the signature that its registry gives to others",
	severity: "medium",
	why: "The registry signs what is published through it. Bytes without its signature may have come in another way, or the signature was taken away.",
	remedy: "See where the package comes from: a private package in a registry that passes public ones on has none, and the finding can be waived. For a public package, ask the public registry for the same version and compare."
};
const PUBLISHER_MISMATCH = {
	id: "signatures/publisher-mismatch",
	title: "A dependency was built by somebody else than the policy names",
	severity: "critical",
	why: "The policy says from which repository, and by which workflow, the package has to come. This one proves another origin: a stolen token, a foreign fork, or a move that nobody told of.",
	remedy: "Do not install it before you know why. If the project has moved, change `publishers` in the policy in a commit of its own."
};
const PUBLISHER_UNPROVEN = {
	id: "signatures/publisher-unproven",
	title: "Nothing proves that a dependency is of the publisher that the policy names",
	severity: "high",
	why: "The policy says who has to publish the package, and there is no provenance that could be held to it.",
	remedy: "Use a version with provenance, or a registry that passes it on; else take the package out of `publishers` in the policy."
};
const PROVENANCE_LOST = {
	id: "signatures/provenance-lost",
	title: "The new version of a dependency has no provenance, the old one had",
	severity: "high",
	why: "A version that was published past the build that made the others is how stolen publishing tokens show.",
	remedy: "Stay with the old version until the project explains it: look for a tag and a release of this version in its repository, and ask there."
};
const PUBLISHER_CHANGED = {
	id: "signatures/publisher-changed",
	title: "The new version of a dependency was built in another place or way",
	severity: "medium",
	why: "Repository, workflow or builder are others than those of the version before: the project moved, or somebody else publishes it.",
	remedy: "Look into the project for the move. Name the publisher in `publishers` of the policy to be sure of the next versions."
};
const SERVES_NONE = {
	id: "signatures/registry-serves-none",
	title: "A registry serves no signatures at all",
	severity: "info",
	why: "A mirror that passes packages on without their signatures leaves only the lockfile to hold bytes to; who published them cannot be checked.",
	remedy: "Have the mirror pass them on: for npm the whole document of a package with `dist.signatures`, and `/-/npm/v1/attestations/`; for Python the index as JSON with `provenance`. Or name the public npm registry in the input `npm-signatures-from`: signatures may come from anywhere, because they are held to the bytes that were read and to keys that are known. Or let this job read from the public registries (`npm_config_registry`, `PIP_INDEX_URL` in its environment)."
};
const UNAVAILABLE$1 = {
	id: "signatures/unavailable",
	title: "Signatures of dependencies could not be checked",
	severity: "low",
	why: "Nothing is known of who signed these packages. This is neither a pass nor a failure; the policy can make it one with `outcomes.unavailable`.",
	remedy: "Remove what is in the way, as the message says, and run again."
};
// src/stages/signatures/drift.ts
/** Compares each changed package with the version that the base commit locks. */
async function driftOf(asker, answers, base) {
	if (base === void 0 || asker.offline) return {
		findings: [],
		compared: 0
	};
	const byName = Map.groupBy(base.components, nameKey);
	const found = (await inParallel([...new Map(answers.asked.map((one) => [one.item.component.purl, one])).values()], asker.concurrency, (one) => pairOf(asker, answers, {
		asked: one,
		known: byName.get(nameKey(one.item.component)) ?? []
	}))).flatMap((pair) => pair ?? []);
	const observedAt = asker.host.now().toISOString().replace(/\.\d+Z$/, "Z");
	return {
		findings: found.flatMap((pair) => findingOfPair(pair, observedAt) ?? []),
		compared: found.length
	};
}
function nameKey({ ecosystem, name }) {
	return `${ecosystem} ${name}`;
}
/** @returns nothing when there is nothing to compare with: no version before, or one without provenance */
async function pairOf(asker, { clients }, { asked, known }) {
	const { source, item, answer } = asked;
	const client = clients.get(source);
	const before = baseVersionOf(item.component, known);
	if (!client || !answer || !before || asker.signal.aborted) return void 0;
	let unknown;
	for (const file of before.component.files) {
		const basis = asker.basisOf({
			component: before.component,
			file
		}, source.algorithm);
		if (basis === void 0) continue;
		try {
			const { digest } = basis;
			const { observations = [] } = await client.ask({
				component: before.component,
				file,
				digest
			}) ?? {};
			const old = attestedIn(observations);
			if (old) return {
				asked,
				before,
				old
			};
			unknown ??= observations.find(isUnreadable)?.detail;
		} catch (error) {
			unknown ??= require_errors.messageOf(error);
		}
	}
	return unknown === void 0 ? void 0 : {
		asked,
		before,
		old: { unknown }
	};
}
function isUnreadable({ kind, outcome }) {
	return kind === "attestation" && outcome === "unavailable";
}
function attestedIn(observations) {
	for (const observation of observations) {
		const { outcome, signer } = observation;
		if (outcome === "verified" && signer?.issuer !== void 0) return {
			...observation,
			signer
		};
	}
}
function findingOfPair({ asked, before, old }, observedAt) {
	const { component, file } = asked.item;
	const observations = (asked.answer?.observations ?? []).filter(({ kind }) => kind === "attestation");
	const now = attestedIn(observations);
	const about = {
		subject: component.purl,
		locations: [file.location],
		confidence: before.sameLine ? "high" : "medium"
	};
	const name = nameOf(asked.item);
	const { version, purl } = before.component;
	if ("unknown" in old) {
		const message = `${name} could not be compared with ${version}, its version before: ${old.unknown}`;
		return require_finding.findingOf(UNAVAILABLE$1, {
			...about,
			message
		});
	}
	const was = `${version} was ${old.detail}`;
	const then = evidenceOf$1(purl, old, observedAt);
	if (!now) {
		if (observations.some(({ outcome }) => outcome !== "absent")) return void 0;
		const message = `${name} has no provenance; ${was}`;
		return require_finding.findingOf(PROVENANCE_LOST, {
			...about,
			message,
			evidence: [then]
		});
	}
	const changes = changesBetween(old.signer, now.signer);
	if (changes.length === 0) return void 0;
	const evidence = [evidenceOf$1(component.purl, now, observedAt), then];
	const message = `${name} has another ${changes.join(", ")}: it was ${now.detail}; ${was}`;
	return require_finding.findingOf(PUBLISHER_CHANGED, {
		...about,
		message,
		evidence
	});
}
/** What identifies a publisher beyond one release: refs and commits change with each. */
const PARTS = {
	issuer: ({ issuer }) => issuer,
	account: ({ repository, identity }) => repository === void 0 ? identity : void 0,
	repository: ({ repository }) => repository,
	workflow: ({ workflow }) => withoutRef(workflow),
	builder: ({ builder }) => withoutRef(builder)
};
function changesBetween(old, now) {
	return Object.entries(PARTS).filter(([, partOf]) => partOf(old) !== partOf(now)).map(([name]) => name);
}
function evidenceOf$1(subject, { reason: _reason, ...observation }, observedAt) {
	return {
		subject,
		...observation,
		observedAt
	};
}
// src/stages/signatures/findings.ts
/** How many names a message over many packages gives. */
const MAX_NAMES = 5;
/** How many lockfiles a finding over many packages points at. */
const MAX_LOCATIONS = 10;
/** Packages without a signature, above which they are one finding for each registry. */
const MAX_SINGLE_UNSIGNED = 20;
/** What the observations mean: one finding per wrong package, one per cause for what could not be looked at. */
function findingsOf(observed, silences) {
	return [
		...observed.filter(({ evidence, publisher }) => evidence.outcome === "contradicted" && !publisher).map(invalid),
		...unsigned(observed.filter(({ evidence }) => evidence.outcome === "absent")),
		...silences.map(servesNone),
		...obstacles(observed)
	];
}
function invalid({ asked, evidence }) {
	return require_finding.findingOf(INVALID, {
		subject: evidence.subject,
		message: `The ${evidence.kind} of ${nameOf(asked.item)} does not hold: ${evidence.detail}, from ${evidence.source}`,
		locations: [asked.item.file.location],
		evidence: [evidence]
	});
}
function unsigned(absent) {
	return [...Map.groupBy(absent, ({ asked }) => asked.place ?? "")].flatMap(([place, group]) => {
		if (group.length > MAX_SINGLE_UNSIGNED) {
			const message = `${place} signs packages, but not ${group.length} of the locked ones: ${namesOf(group)}`;
			return [manyOf(UNSIGNED$2, group, {
				subject: place,
				message
			})];
		}
		return group.map(({ asked, evidence }) => require_finding.findingOf(UNSIGNED$2, {
			subject: evidence.subject,
			message: `${nameOf(asked.item)} has no signature: ${evidence.detail}, from ${evidence.source}`,
			locations: [asked.item.file.location],
			evidence: [evidence]
		}));
	});
}
function servesNone({ silent, evidence }) {
	const files = silent.asked.map(({ item }) => item.file.location);
	return require_finding.findingOf(SERVES_NONE, {
		subject: silent.place,
		message: `${silent.place}: ${evidence.detail}`,
		locations: locationsOf([...files, ...silent.left.map(({ file }) => file.location)]),
		evidence: [evidence]
	});
}
/** One per cause: a registry that is down is one fact, not a thousand. */
function obstacles(observed) {
	const obstructed = observed.filter(({ obstacle }) => obstacle !== void 0);
	return [...Map.groupBy(obstructed, ({ obstacle }) => obstacle?.reason ?? "")].map(([reason, group]) => {
		const remedy = group[0]?.obstacle?.remedy;
		const advice = remedy === void 0 ? "" : `. ${remedy}`;
		const message = `The signatures of ${group.length === 1 ? "1 file" : `${group.length} files`} could not be checked, ${reason} (${namesOf(group)})${advice}`;
		return manyOf(UNAVAILABLE$1, group, {
			subject: reason,
			message
		});
	});
}
function manyOf(rule, group, given) {
	return require_finding.findingOf(rule, {
		...given,
		locations: locationsOf(group.map(({ asked }) => asked.item.file.location))
	});
}
/** One place per lockfile: the first. */
function locationsOf(all) {
	const first = /* @__PURE__ */ new Map();
	for (const location of all.toSorted(byLocation)) if (!first.has(location.path)) first.set(location.path, location);
	return [...first.values()].slice(0, MAX_LOCATIONS);
}
function namesOf(group) {
	const names = [...new Set(group.map(({ asked }) => nameOf(asked.item)))];
	const rest = names.length - MAX_NAMES;
	return `${names.slice(0, MAX_NAMES).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
// src/stages/signatures/plan.ts
/**
* Decides what there is to ask about: what `integrity` looks at too, as far as it comes from a registry of
* an ecosystem with signatures.
*/
function planOf({ base, components }, options) {
	const { mode, sources } = options;
	const before = new Map(base !== void 0 && (mode === "auto" || mode === "changed") ? base.components.map((known) => [known.purl, known]) : []);
	const sourceOf = new Map(sources.map((source) => [source.ecosystem, source]));
	const signable = components.filter(({ ecosystem, origin, fixture, files }) => sourceOf.has(ecosystem) && origin.kind === "registry" && fixture === void 0 && files.length > 0);
	const asked = signable.filter((component) => {
		const known = before.get(component.purl);
		return known === void 0 || !lockedAlike(known, component);
	});
	return {
		items: asked.flatMap((component) => {
			const all = component.files.map((file) => ({
				component,
				file
			}));
			if (!(sourceOf.get(component.ecosystem)?.listsAlternatives ?? false) || all.length === 1) return all;
			const read = all.filter((item) => options.isRead(item));
			return read.length > 0 ? read : all.slice(0, 1);
		}),
		unchanged: signable.length - asked.length
	};
}
/** Why an empty plan is empty. */
function whyEmpty({ unchanged }, { components }, sources) {
	if (components.length === 0) return "no dependency was found";
	if (unchanged > 0) return `${unchanged} signable packages are locked as in the base commit`;
	return `no dependency is a locked file of a registry with signatures (${sources.map(({ ecosystem }) => ecosystem).join(", ")})`;
}
// src/stages/signatures/publishers.ts
/** Holds every package that a rule names to its rules. Without rules there is nothing to hold it to. */
function heldToPublishers(observed, asked, rules) {
	if (rules.length === 0) return {
		observed,
		findings: []
	};
	const judged = observed.map((one) => mismatched(one, rules));
	const byItem = Map.groupBy(judged, (one) => one.asked.item);
	return {
		observed: judged,
		findings: asked.flatMap((one) => findingAbout(one.item, byItem.get(one.item) ?? [], rules))
	};
}
/** Packages that a rule names, at registries that were not asked about them: they serve nothing. */
function unprovenAt(silent, rules) {
	return silent.flatMap(({ left }) => left.flatMap((item) => findingAbout(item, [], rules)));
}
function mismatched(one, rules) {
	const { evidence } = one;
	const { signer } = evidence;
	if (signer?.issuer === void 0 || evidence.outcome !== "verified") return one;
	const wrong = publishersOf(rules, evidence.subject).map((rule) => publisherMismatch(rule, signer));
	const [first] = wrong;
	if (first === void 0 || wrong.includes(void 0)) return one;
	const detail = `${evidence.detail}; ${first}`;
	return {
		...one,
		publisher: "other",
		evidence: {
			...evidence,
			outcome: "contradicted",
			detail
		}
	};
}
function findingAbout(item, observed, rules) {
	const [rule] = publishersOf(rules, item.component.purl);
	if (rule === void 0) return [];
	const about = {
		subject: item.component.purl,
		locations: [item.file.location]
	};
	const others = observed.filter(({ publisher }) => publisher === "other");
	const [other] = others;
	if (other) {
		const evidence = others.map((one) => one.evidence);
		const message = `${nameOf(item)} is not of its publisher: ${other.evidence.detail}`;
		return [require_finding.findingOf(PUBLISHER_MISMATCH, {
			...about,
			message,
			evidence
		})];
	}
	if (observed.some(({ evidence }) => evidence.outcome === "verified" && evidence.signer?.issuer !== void 0)) return [];
	const message = `${nameOf(item)} has to be of ${rule.repository}, and nothing proves that it is`;
	return [require_finding.findingOf(PUBLISHER_UNPROVEN, {
		...about,
		message
	})];
}
// src/stages/signatures/section.ts
/** In the order in which people read them. */
const OUTCOMES = [
	"verified",
	"contradicted",
	"absent",
	"unavailable"
];
/** How many of what is not in order the section names; findings name all. */
const MAX_NAMED = 10;
/** What the stage has to say to a person. */
function sectionOf$1(plan, observed, silences) {
	return {
		title: "Signatures of dependencies",
		blocks: [
			{
				kind: "paragraph",
				text: planText(plan)
			},
			...trustBlocks(observed),
			...silences.map(silenceBlock),
			...outcomeBlocks(observed),
			...namedBlocks(observed)
		]
	};
}
function planText({ items, unchanged }) {
	return `${`${items.length} locked ${items.length === 1 ? "file" : "files"} of registries whose packages can be signed`}${unchanged === 0 ? "" : `; ${unchanged} packages are locked as in the base commit`}.`;
}
/** Trust material ages: keys and authorities that are newer are not known. */
function trustBlocks(observed) {
	const answers = observed.flatMap(({ asked }) => asked.answer ?? []);
	const [oldest] = answers.flatMap(({ trustAsOf }) => trustAsOf ?? []).sort();
	if (oldest === void 0) return [];
	const [why] = answers.flatMap(({ trustFrozen }) => trustFrozen ?? []);
	return [{
		kind: "paragraph",
		text: `Held to the keys and authorities of ${oldest}${why === void 0 ? ", as Sigstore publishes them" : `, which came with Assay; newer ones could not be had (${why})`}.`
	}];
}
function silenceBlock({ silent, evidence }) {
	return {
		kind: "paragraph",
		text: [
			{ strong: "No signatures" },
			" at ",
			{ code: silent.place },
			`: ${evidence.detail}.`
		]
	};
}
function outcomeBlocks(observed) {
	const kinds = [...new Set(observed.map(({ asked, evidence }) => `${asked.source.ecosystem} ${evidence.kind}`))];
	if (kinds.length === 0) return [];
	return [{
		kind: "table",
		columns: [{ title: "What" }, ...[
			"Verified",
			"Contradicted",
			"Absent",
			"Unavailable"
		].map((title) => ({
			title,
			numeric: true
		}))],
		rows: kinds.sort().map((kind) => {
			const of = observed.filter(({ asked, evidence }) => `${asked.source.ecosystem} ${evidence.kind}` === kind);
			return [kind, ...OUTCOMES.map((outcome) => `${countOf(of, outcome)}`)];
		})
	}];
}
function namedBlocks(observed) {
	return [
		"contradicted",
		"absent",
		"unavailable"
	].flatMap((outcome) => {
		const all = observed.filter(({ evidence }) => evidence.outcome === outcome);
		if (all.length === 0) return [];
		const items = all.slice(0, MAX_NAMED).map(({ asked, evidence }) => [{ code: nameOf(asked.item) }, `: ${evidence.detail}`]);
		const rest = all.length - items.length;
		return [{
			kind: "paragraph",
			text: { strong: `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)}` }
		}, {
			kind: "list",
			items: rest > 0 ? [...items, `and ${rest} more`] : items
		}];
	});
}
// src/stages/signatures.ts
/** Checks who signed the dependencies: over the bytes that `integrity` read, where it read them. */
const signatures = defineStage({
	id: "signatures",
	title: "Verify signatures of dependencies",
	needs: {
		inventory,
		policy: policyFile
	},
	rules: Object.values(rules_exports$2),
	async run(context, inputs) {
		const found = inputs.inventory;
		const sources = found.components.length === 0 ? [] : await allSources();
		return verifySigned(context, {
			found,
			publishers: inputs.policy.publishers
		}, sources);
	}
});
async function allSources() {
	const { SIGNATURE_SOURCES } = await Promise.resolve().then(() => require("./chunk-services.js"));
	return SIGNATURE_SOURCES;
}
/** The stage over given sources. Never throws for what a registry does: that is `unavailable`. */
async function verifySigned(context, { found, publishers }, sources) {
	const { host, settings } = context;
	const asker = askerOf(context, found);
	const plan = planOf(found, {
		mode: settings.integrity,
		sources,
		isRead: asker.isRead
	});
	if (plan.items.length === 0) return {
		output: void 0,
		nothing: whyEmpty(plan, found, sources),
		stats: { files: 0 }
	};
	const answers = await askAll(asker, plan.items, sources);
	const { observed, findings } = heldToPublishers(observedIn(answers, host.now()), answers.asked, publishers);
	const silences = silencesIn(answers, host.now());
	const drift = await driftOf(asker, answers, found.base);
	return {
		output: void 0,
		findings: [
			...findingsOf(observed, silences),
			...findings,
			...unprovenAt(answers.silent, publishers),
			...drift.findings
		],
		evidence: [...observed, ...silences].map(({ evidence }) => evidence),
		section: sectionOf$1(plan, observed, silences),
		stats: {
			files: plan.items.length,
			verified: countOf(observed, "verified"),
			contradicted: countOf(observed, "contradicted"),
			absent: countOf(observed, "absent"),
			unavailable: countOf(observed, "unavailable"),
			silentRegistries: silences.length,
			comparedWithBase: drift.compared
		}
	};
}
function askerOf({ host, settings, signal, reports }, found) {
	return {
		host,
		signal,
		offline: settings.offline,
		concurrency: settings.concurrency,
		...basesOf(reports),
		context: {
			host,
			signal,
			trusted: trustedOnce(host, signal),
			...settings.npmSignaturesFrom !== void 0 && { npmSignaturesFrom: settings.npmSignaturesFrom },
			lockfiles: found.lockfiles.filter(({ fixture }) => !fixture).map(({ path }) => path)
		}
	};
}
/** Trust material is asked for when the first signature is looked at. */
function trustedOnce(host, signal) {
	let targets;
	const ask = async () => {
		const { sigstoreTargets } = await Promise.resolve().then(() => require("./chunk-sigstore-targets.js"));
		return sigstoreTargets(host, signal);
	};
	return () => targets ??= ask();
}
// src/stages/upload.ts
/** Stores every document of the run as one artifact of the workflow run. */
const upload = defineStage({
	id: "upload",
	title: "Upload the documents",
	needs: {},
	rules: [],
	skipReason({ settings, host }) {
		if (!settings.uploadArtifact) return NOT_ASKED_FOR;
		if (settings.offline) return "the run uses no network";
		return host.artifacts === void 0 ? host.noArtifacts ?? "no artifact store" : void 0;
	},
	async run(context) {
		const { artifacts } = context.host;
		if (artifacts === void 0) throw new Error("Skipped without an artifact store");
		const documents = await context.publish();
		const paths = documents.map(({ path }) => path);
		const { name, stored } = await storeUnder(namesFor(context), artifacts, paths, context);
		const { id, url = "", digest = "" } = stored;
		return {
			output: stored,
			section: sectionOf(name, stored, paths),
			stats: { documents: documents.length },
			outputs: {
				"artifact-name": name,
				"artifact-id": id,
				"artifact-url": url,
				"artifact-digest": digest
			}
		};
	}
});
/** @throws InputError `INPUT_CONFLICT` when every name is taken */
async function storeUnder(names, artifacts, paths, { settings }) {
	const days = settings.artifactRetentionDays;
	const options = {
		root: settings.out,
		...days !== void 0 && { retentionDays: days }
	};
	for (const name of names) {
		const stored = await artifacts.upload(name, paths, options);
		if (stored !== void 0) return {
			name,
			stored
		};
	}
	throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: `Cannot upload the documents: this workflow run has an artifact "${names[0] ?? ""}" already`,
		remedy: "Give each use of Assay its own `artifact-name`, with the values of a matrix in it"
	});
}
/** The name that was asked for, else names made from the job's id. */
function namesFor({ settings, host }) {
	if (settings.artifactName !== void 0) return [settings.artifactName];
	const base = `assay-${(host.env["GITHUB_JOB"] ?? "run").replace(/[^A-Za-z0-9_-]/g, "_")}`;
	return [base, ...Array.from({ length: 99 }, (_, at) => `${base}-${at + 2}`)];
}
function sectionOf(name, { url, digest }, paths) {
	return {
		title: "Documents",
		blocks: [{
			kind: "paragraph",
			text: [
				"Artifact ",
				url === void 0 ? { code: name } : { link: {
					text: name,
					url
				} },
				...digest ? [", ", { code: digest }] : []
			]
		}, {
			kind: "list",
			items: paths.map((path) => ({ code: (0, node_path.basename)(path) }))
		}]
	};
}
// src/stages/vendor/rules.ts
var rules_exports$1 = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	BAD_SIGNATURE: () => BAD_SIGNATURE,
	BASE_UNREADABLE: () => BASE_UNREADABLE,
	DIGEST_MISMATCH: () => DIGEST_MISMATCH,
	KEY_CHANGED: () => KEY_CHANGED,
	LEGACY_SIGNATURE: () => LEGACY_SIGNATURE,
	MISSING_FILE: () => MISSING_FILE,
	NOT_LISTED: () => NOT_LISTED,
	UNSIGNED: () => UNSIGNED$1
});
const MISSING_FILE = {
	id: "vendor/missing-file",
	title: "A vendored file is missing",
	severity: "high",
	why: "What the lock promises is not there as a file of its own, so that nothing was compared. A link does not count: what it leads to can be changed without the lock.",
	remedy: "Put the file back, with `git lfs pull` or without a sparse checkout where that is the cause; or take it out of the lock, and out of the policy."
};
const DIGEST_MISMATCH = {
	id: "vendor/digest-mismatch",
	title: "A vendored file is not the locked one",
	severity: "critical",
	why: "Its bytes were changed, or the lock was: what is built is not what was reviewed.",
	remedy: "Do not build it. Get the file again from where it came from, and compare; write the new digest into the lock only for a version that you meant to take."
};
const BAD_SIGNATURE = {
	id: "vendor/bad-signature",
	title: "The signature of a vendored file does not hold",
	severity: "critical",
	why: "The file was not signed with the key that is trusted, or it was changed after that, or it was signed under another name: an old or another file in the place of this one.",
	remedy: "Do not build it. Get file and signature again from where they came from, and check them with `minisign -Vm <file> -P <public key>`."
};
const KEY_CHANGED = {
	id: "vendor/key-changed",
	title: "The key of a vendored folder was replaced",
	severity: "critical",
	why: "Whoever can change the files and the key can sign anything. The key that the policy pins, or that the base branch has, is the one that was trusted.",
	remedy: "Ask the publisher whether the key is theirs, by another way than this change. Then pin it in the policy of the base branch, under `vendor.keys`, and merge that first."
};
const LEGACY_SIGNATURE = {
	id: "vendor/legacy-signature",
	title: "A vendored file has a signature of the old form only",
	severity: "high",
	why: "The old form of minisign signs the file itself instead of its hash. It is not accepted unless the policy allows it, and was not looked at.",
	remedy: "Have it signed again with minisign 0.10 or newer, or set `vendor.allow-legacy: true` in the policy."
};
const UNSIGNED$1 = {
	id: "vendor/unsigned",
	title: "A vendored file is not signed",
	severity: "high",
	why: "Only the lock beside it says what it should be, and whoever changes the one can change the other.",
	remedy: "Put the `.minisig` file of its publisher beside it, and the public key into the lock, or into `vendor.keys` of the policy. Sign the lock itself where the publisher signs nothing."
};
const NOT_LISTED = {
	id: "vendor/not-listed",
	title: "A vendored folder has files that its lock does not list",
	severity: "medium",
	why: "Nothing pins what they are, and they are easily taken for what was vendored.",
	remedy: "List them in the lock, remove them, or leave them out with `exclude`."
};
const BASE_UNREADABLE = {
	id: "vendor/base-unreadable",
	title: "Nobody knows which keys the base branch trusts",
	severity: "medium",
	why: "A pull request could have replaced the key of a vendored folder that the policy does not pin.",
	remedy: "Pin the keys in the policy, or check out with `fetch-depth: 0`, or give Assay its `github-token` and `contents: read`."
};
// src/stages/vendor.ts
/** Checks files that lie in the checkout itself and that somebody else made: bytes, and who signed them. */
const vendor = defineStage({
	id: "vendor",
	title: "Verify vendored files",
	needs: {
		checkout,
		inventory,
		policy: policyFile
	},
	rules: Object.values(rules_exports$1),
	async run(context, given) {
		if (!mayVendor(context, given)) return {
			output: void 0,
			nothing: "no folder has a vendor.lock.yaml, and none was asked for",
			stats: { folders: 0 }
		};
		const { verifyVendored } = await Promise.resolve().then(() => require("./chunk-verify.js"));
		return verifyVendored(context, given);
	}
});
/** Whether the checkout has such a folder, had one, or should have one. */
function mayVendor({ settings, reports }, { inventory: found, policy }) {
	const lockfiles = [...found.lockfiles, ...found.base?.lockfiles ?? []];
	const subjects = reports.flatMap(({ findings }) => findings).map(({ subject }) => subject);
	return settings.vendor.length > 0 || policy.vendor.keys.length > 0 || lockfiles.some(({ path }) => isLock(path)) || subjects.some(isLock);
}
function isLock(path) {
	return /(?:^|\/)vendor\.lock\.ya?ml$/.test(path);
}
// src/stages/verify/rules.ts
var rules_exports = /* @__PURE__ */ require_rolldown_runtime.__exportAll({
	CONTRADICTED: () => CONTRADICTED,
	MISSING: () => MISSING,
	NOT_FOUND: () => NOT_FOUND,
	OLD_TRUST: () => OLD_TRUST,
	OTHERS_REFUSED: () => OTHERS_REFUSED,
	REFUSED: () => REFUSED,
	UNAVAILABLE: () => UNAVAILABLE,
	UNSIGNED: () => UNSIGNED
});
const REFUSED = {
	id: "verify/refused",
	title: "No signature of a subject is accepted",
	severity: "critical",
	why: "Somebody else than was asked for signed it, or nobody: it may be anything.",
	remedy: "Do not use it. Compare what was expected with what was found; should the found one be right, give it to Assay in the place of the expected one."
};
const UNSIGNED = {
	id: "verify/unsigned",
	title: "A subject is not signed",
	severity: "critical",
	why: "Nobody says that it is theirs: it may be anything.",
	remedy: "Do not use it. Ask whoever made it to sign it, or where the signature is."
};
const MISSING = {
	id: "verify/missing",
	title: "A subject is signed, and not with all that was asked for",
	severity: "critical",
	why: "A statement, a kind of signature or a second signer that the gate relies on is not there.",
	remedy: "Ask whoever made it for what is missing, or ask for less."
};
const CONTRADICTED = {
	id: "verify/contradicted",
	title: "A registry serves other bytes than the digest of an image names",
	severity: "critical",
	why: "Whoever takes these bytes runs something else than was signed.",
	remedy: "Do not use the image. Read it again from another network; should it stay so, report it to whoever runs the registry."
};
const NOT_FOUND = {
	id: "verify/not-found",
	title: "There is no such image",
	severity: "critical",
	why: "What is not there cannot be verified, and the name may be one that somebody else can take.",
	remedy: "Look at the spelling of the reference, and whether the login may read the repository."
};
const UNAVAILABLE = {
	id: "verify/unavailable",
	title: "A subject could not be verified",
	severity: "critical",
	why: "What could not be looked at is not verified, whatever it is.",
	remedy: "Do what the message says, and run again."
};
const OTHERS_REFUSED = {
	id: "verify/others-refused",
	title: "Something else that is attached to a verified subject is not accepted",
	severity: "info",
	why: "Everybody who may write beside a subject can attach to it, so that this takes nothing away from what is accepted.",
	remedy: "Look at who attached it, should you not know of it."
};
const OLD_TRUST = {
	id: "verify/old-trust",
	title: "Subjects were verified with trust material that is not the newest",
	severity: "low",
	why: "Keys and authorities that were withdrawn since then still count, and newer ones do not.",
	remedy: "Let the run reach Sigstore's TUF repository, or give `trusted-root` a file that you keep up to date."
};
// src/stages/verify.ts
/** Verifies what somebody else signed: images, files, bundles. */
const verify = defineStage({
	id: "verify",
	title: "Verify what was signed",
	needs: {
		checkout,
		policy: policyFile
	},
	rules: Object.values(rules_exports),
	essential: true,
	async run(context, { checkout: where }) {
		const { verifySubjects } = await Promise.resolve().then(() => require("./chunk-verify2.js"));
		return verifySubjects(context, where);
	}
});
// src/stages/index.ts
/** Every stage, first to last. One line per stage; a stage comes after all it needs. */
const STAGES$1 = [
	checkout,
	policyFile,
	inventory,
	images,
	files,
	integrity,
	signatures,
	vendor,
	sbom,
	provenance,
	verify,
	policy,
	sign,
	upload
];
/** What `mode: verify` needs: it looks at nothing of the checkout but whom to trust. */
const VERIFYING = [
	checkout,
	policyFile,
	verify,
	policy,
	upload
];
/** The stages of a run, first to last. */
function stagesOf$1(mode) {
	return mode === "verify" ? VERIFYING : STAGES$1.filter((stage) => stage !== verify);
}
// src/verify-settings.ts
const GROUP = "What is verified";
/** What to verify. */
const VERIFY = list("verify", {
	on: "runner",
	group: GROUP,
	value: "<subject>",
	repeatable: true,
	default: "",
	help: "With `mode: verify`: what to verify, one image, file or bundle a line."
});
const IDENTITY = list("identity", {
	on: "both",
	group: GROUP,
	value: "<name>",
	repeatable: true,
	default: "",
	help: "Who may have signed, one a line: the exact name in the certificate, such as `https://github.com/o/r/.github/workflows/release.yml@refs/heads/main`, or a pattern `/^…$/`.",
	flagHelp: "Who may have signed: the exact name in the certificate, or a pattern /^…$/."
});
const ISSUER = list("issuer", {
	on: "both",
	group: GROUP,
	value: "<address>",
	repeatable: true,
	default: "",
	help: "Who may have vouched for that name, such as `https://token.actions.githubusercontent.com`."
});
const PUBLIC_KEY = list("public-key", {
	on: "both",
	group: GROUP,
	value: "<file>",
	repeatable: true,
	default: "",
	help: "File with a public key that may have signed instead, one a line.",
	flagHelp: "File with a public key that may have signed instead."
});
const SOURCE_REPOSITORY = text("source-repository", {
	on: "both",
	group: GROUP,
	value: "<address>",
	default: "",
	help: "Exact address of the repository that it was built from."
});
const SOURCE_REF = text("source-ref", {
	on: "both",
	group: GROUP,
	value: "<ref>",
	default: "",
	help: "Exact ref that it was built from, such as `refs/heads/main`."
});
const SOURCE_COMMIT = text("source-commit", {
	on: "both",
	group: GROUP,
	value: "<hash>",
	default: "",
	help: "Exact commit that it was built from."
});
const WORKFLOW = text("workflow", {
	on: "both",
	group: GROUP,
	value: "<address>",
	default: "",
	help: "Exact workflow that was started, with its ref: `https://github.com/o/r/.github/workflows/release.yml@refs/heads/main`.",
	flagHelp: "Exact workflow that was started, with its ref."
});
const BUILDER = text("builder", {
	on: "both",
	group: GROUP,
	value: "<address>",
	default: "",
	help: "Exact workflow that signed, with its ref: the reusable one where there is one."
});
const RUNNER_ENVIRONMENT = text("runner-environment", {
	on: "both",
	group: GROUP,
	value: "<kind>",
	default: "",
	help: "`github-hosted` or `self-hosted`."
});
const PREDICATE_TYPE = list("predicate-type", {
	on: "both",
	group: GROUP,
	value: "<type>",
	repeatable: true,
	default: "",
	help: "Types of statements that have to be there, one a line, such as `https://slsa.dev/provenance/v1`.",
	flagHelp: "Type of a statement that has to be there."
});
const MAX_AGE = integer("max-age", [0, 36500], {
	on: "both",
	group: GROUP,
	value: "<days>",
	default: "0",
	help: "Most days since it was signed; 0 for any number."
});
const SIGNERS = integer("signers", [1, 64], {
	on: "both",
	group: GROUP,
	value: "<number>",
	default: "1",
	help: "How many different accepted signers there have to be."
});
const RECURSIVE = bool("recursive", {
	on: "both",
	group: GROUP,
	default: "true",
	flagHelp: "Do not verify the image of every platform of an index.",
	help: "Verify the image of every platform of an index too."
});
/** Everything about `mode: verify`. */
const VERIFY_SETTINGS = [
	VERIFY,
	IDENTITY,
	ISSUER,
	PUBLIC_KEY,
	SOURCE_REPOSITORY,
	SOURCE_REF,
	SOURCE_COMMIT,
	WORKFLOW,
	BUILDER,
	RUNNER_ENVIRONMENT,
	PREDICATE_TYPE,
	MAX_AGE,
	SIGNERS,
	RECURSIVE
];
/** What was said about verifying. */
function verifySettingsOf(read) {
	const facts = {
		repository: read(SOURCE_REPOSITORY),
		ref: read(SOURCE_REF),
		commit: read(SOURCE_COMMIT),
		workflow: read(WORKFLOW),
		builder: read(BUILDER),
		runner: read(RUNNER_ENVIRONMENT)
	};
	return {
		subjects: read(VERIFY),
		identities: read(IDENTITY),
		issuers: read(ISSUER),
		publicKeys: read(PUBLIC_KEY),
		...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== "")),
		predicateTypes: read(PREDICATE_TYPE),
		maxAgeDays: read(MAX_AGE),
		signers: read(SIGNERS),
		recursive: read(RECURSIVE)
	};
}
// src/settings.ts
const STAGES = stagesOf$1("check");
const STAGE_IDS = STAGES.map((stage) => stage.id);
const OPTIONAL_STAGE_IDS = STAGES.filter((stage) => stage.essential !== true).map(({ id }) => id);
const FAIL_ON = [...require_finding.SEVERITIES, "none"];
const PATH = text("path", {
	on: "both",
	group: "What is looked at",
	value: "<path>",
	default: ".",
	help: "Folder of the checkout to look at, relative to the workspace.",
	flagHelp: "Folder of the checkout to look at."
});
const MODE = choice("mode", MODES, {
	on: "runner",
	group: "What is done",
	value: "<mode>",
	default: "check",
	help: "`check` looks at a checkout, and signs what is shipped; `verify` verifies what somebody else signed."
});
const OUTPUT_FOLDER = text("output-folder", {
	flag: "out",
	on: "both",
	group: "What comes out",
	value: "<folder>",
	default: "",
	terminalDefault: "assay-report",
	flagHelp: "Folder that the documents are written into.",
	help: "Folder that the documents are written into. Default on a runner: one of this step's own in the runner's temporary folder, so that the checkout stays as it is."
});
const CONFIG_FILE = text("config-file", {
	flag: "config",
	on: "both",
	group: "What is looked at",
	value: "<file>",
	default: DEFAULT_POLICY_PATH,
	help: "The policy file inside the checkout. On a pull request it is read from the base commit."
});
const EXCLUDE = list("exclude", {
	on: "both",
	group: "What is looked at",
	value: "<glob>",
	repeatable: true,
	default: "",
	help: "Paths of the checkout to leave out, one pattern a line, such as `examples/**`.",
	flagHelp: "Paths of the checkout to leave out, such as examples/**."
});
const VENDOR = list("vendor", {
	on: "both",
	group: "What is looked at",
	value: "<folder>",
	repeatable: true,
	default: "",
	help: "Vendored folders to check, one folder or pattern a line, such as `third_party/*`; each must have a `vendor.lock.yaml`. Default: every folder that has one.",
	flagHelp: "Vendored folders to check, such as third_party/*. Default: every one with a lock."
});
const STAGES_WANTED = list("stages", {
	flag: "stage",
	on: "both",
	group: "What is done",
	value: "<id>",
	repeatable: true,
	default: "",
	choices: STAGE_IDS,
	help: "Ids of the only stages to run, such as `sbom`; what they need runs too. Default: all."
});
const SKIP = list("skip", {
	on: "both",
	group: "What is done",
	value: "<id>",
	repeatable: true,
	default: "",
	choices: OPTIONAL_STAGE_IDS,
	help: "Ids of stages to leave out, such as `integrity`."
});
const OFFLINE = bool("offline", {
	on: "both",
	group: "What is done",
	default: "false",
	help: "Use no network. What would have been looked at is reported as unavailable."
});
const INTEGRITY = choice("integrity", INTEGRITY_MODES, {
	on: "both",
	group: "What is done",
	value: "<mode>",
	default: "auto",
	help: "Which locked files are read and compared with what the registry serves: `platform` those that this platform installs, `all` every one, `changed` those that differ from the base commit; `auto` is `changed` on pull requests and `platform` elsewhere."
});
const GO_CHECKSUM_DATABASE = bool("go-checksum-database", {
	on: "both",
	group: "What is done",
	default: "true",
	flagHelp: "Do not compare Go modules with the checksum database's signed record.",
	help: "Check Go modules against the checksum database's signed record too."
});
const NPM_SIGNATURES_FROM = webAddress("npm-signatures-from", {
	on: "both",
	group: "What is done",
	value: "<address>",
	default: "",
	help: "Registry that is asked for signatures of npm packages that the configured one, a mirror, does not serve. It learns the names of all packages that no scope has a registry for.",
	flagHelp: "Registry to ask for signatures that the configured npm registry does not serve."
});
const CONCURRENCY = integer("concurrency", [1, 64], {
	on: "both",
	group: "What is done",
	value: "<number>",
	default: "16",
	help: "Most requests in flight at once, 1 to 64."
});
const FAIL_ON_SEVERITY = choice("fail-on-severity", FAIL_ON, {
	flag: "fail-on",
	on: "both",
	group: "What comes out",
	value: "<severity>",
	default: "",
	synonyms: { moderate: "medium" },
	help: "Findings at least this severe fail the run. Default: what the policy file says, else `high`."
});
const UPLOAD_ARTIFACT = bool("upload-artifact", {
	on: "runner",
	group: "What comes out",
	default: "true",
	help: "Upload the documents as one workflow artifact."
});
const ARTIFACT_NAME = artifactName("artifact-name", {
	on: "runner",
	group: "What comes out",
	value: "<name>",
	default: "",
	help: "Name of the artifact. Default: `assay-` and the job's id, with a number behind it where the run has that name already."
});
const RETENTION = integer("upload-artifact-retention", [0, 400], {
	on: "runner",
	group: "What comes out",
	value: "<days>",
	default: "0",
	help: "Days to keep the artifact, 1 to 400; 0 is the repository's own setting, which is also the most."
});
const IMAGES = list("images", {
	flag: "image",
	on: "both",
	group: "What is looked at",
	value: "<reference>",
	repeatable: true,
	default: "",
	help: "Container images to look at, one a line, such as `ghcr.io/o/app@sha256:…`; a tag is resolved once to its digest.",
	flagHelp: "A container image to look at; a tag is resolved once to its digest."
});
const REGISTRY_USERNAME = text("registry-username", {
	on: "runner",
	group: "What is looked at",
	value: "<name>",
	default: "",
	help: "User name for the registry of the images. Default: what `docker login` and its like left on this machine."
});
const REGISTRY_PASSWORD = text("registry-password", {
	on: "runner",
	group: "What is looked at",
	value: "<password>",
	default: "",
	help: "Password or token for it."
});
const PLAIN_HTTP_REGISTRIES = list("plain-http-registries", {
	flag: "plain-http-registry",
	on: "both",
	group: "What is looked at",
	value: "<host>",
	repeatable: true,
	default: "",
	help: "Registries to speak to without TLS, one a line, such as `registry.local:5000`; those on this machine always are.",
	flagHelp: "A registry to speak to without TLS; those on this machine always are."
});
const GITHUB_TOKEN = text("github-token", {
	on: "runner",
	group: "What is looked at",
	value: "<token>",
	default: "${{ github.token }}",
	help: "Token for GitHub's REST API, to read the base commit of a pull request where git cannot. Needs `contents: read`."
});
/** Everything that a run can be told. action.yml and `--help` are held to it. */
const SETTINGS = [
	PATH,
	MODE,
	CONFIG_FILE,
	EXCLUDE,
	IMAGES,
	REGISTRY_USERNAME,
	REGISTRY_PASSWORD,
	PLAIN_HTTP_REGISTRIES,
	VENDOR,
	GITHUB_TOKEN,
	STAGES_WANTED,
	SKIP,
	INTEGRITY,
	GO_CHECKSUM_DATABASE,
	NPM_SIGNATURES_FROM,
	OFFLINE,
	CONCURRENCY,
	...SIGN_SETTINGS,
	...SIGSTORE_SETTINGS,
	...VERIFY_SETTINGS,
	FAIL_ON_SEVERITY,
	OUTPUT_FOLDER,
	UPLOAD_ARTIFACT,
	ARTIFACT_NAME,
	RETENTION
];
/**
* Checks all that was said, and makes the run's settings of it.
*
* @throws InputError `INPUT_INVALID` or `INPUT_CONFLICT`
*/
function settingsOf(given, around) {
	const read = (setting) => {
		const { text: said, place } = given.get(setting.name) ?? {
			text: setting.default,
			place: ""
		};
		return setting.parse(said, place);
	};
	const githubToken = given.has(GITHUB_TOKEN.name) ? read(GITHUB_TOKEN) : around.githubToken;
	const failOn = given.has(FAIL_ON_SEVERITY.name) ? read(FAIL_ON_SEVERITY) : void 0;
	const login = loginOf(read(REGISTRY_USERNAME), read(REGISTRY_PASSWORD));
	const npmSignaturesFrom = read(NPM_SIGNATURES_FROM);
	const artifact = read(ARTIFACT_NAME);
	const retention = read(RETENTION);
	const stages = read(STAGES_WANTED);
	const skip = read(SKIP);
	assertNoConflict(stages, skip);
	const verify = verifySettingsOf(read);
	assertMode(read(MODE), verify.subjects);
	const { signingKey, signingKeyPassword } = around;
	return Object.freeze({
		mode: read(MODE),
		path: (0, node_path.resolve)(around.folder, read(PATH)),
		out: (0, node_path.resolve)(around.folder, read(OUTPUT_FOLDER) || around.out),
		config: read(CONFIG_FILE),
		stages,
		skip,
		offline: read(OFFLINE),
		integrity: read(INTEGRITY),
		goChecksumDatabase: read(GO_CHECKSUM_DATABASE),
		concurrency: read(CONCURRENCY),
		exclude: read(EXCLUDE),
		images: read(IMAGES),
		plainHttpRegistries: read(PLAIN_HTTP_REGISTRIES),
		...login,
		vendor: read(VENDOR),
		sign: signSettingsOf(read, {
			...signingKey !== void 0 && { key: signingKey },
			...signingKeyPassword !== void 0 && { keyPassword: signingKeyPassword }
		}),
		sigstore: sigstoreSettingsOf(read),
		verify,
		uploadArtifact: around.uploadArtifact && read(UPLOAD_ARTIFACT),
		...npmSignaturesFrom !== "" && { npmSignaturesFrom },
		...failOn && { failOn },
		...artifact !== "" && { artifactName: artifact },
		...retention > 0 && { artifactRetentionDays: retention },
		...githubToken !== void 0 && githubToken !== "" && { githubToken }
	});
}
function loginOf(registryUsername, registryPassword) {
	if (registryUsername === "" && registryPassword === "") return {};
	if (registryUsername !== "" && registryPassword !== "") return {
		registryUsername,
		registryPassword
	};
	throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: "Cannot log in with only one of `registry-username` and `registry-password`",
		remedy: "Give both, or none to use what `docker login` left on this machine"
	});
}
/** Subjects of another mode would be passed over in silence. */
function assertMode(mode, subjects) {
	if (mode === "verify" || subjects.length === 0) return;
	throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: `Cannot verify what \`verify\` names with \`mode: ${mode}\``,
		remedy: "Write `mode: verify`, or leave `verify` out"
	});
}
function assertNoConflict(stages, skip) {
	const both = stages.find((id) => skip.includes(id));
	if (both === void 0) return;
	throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: `Cannot both run and skip the stage "${both}"`,
		remedy: "Name it in one of the two"
	});
}
// src/policy/exit-code.ts
/** Codes of what the author of a command line, a workflow or a policy has to change. */
const USAGE = /^(INPUT|POLICY|PERMISSION)_/;
/** The exit status of a run that was made. The only place that decides it. */
function exitCodeOf(report) {
	if (report.stages.flatMap(({ problem }) => problem ?? []).some((problem) => exitCodeOfProblem(problem) === 2)) return 2;
	return report.verdict.conclusion === "pass" ? 0 : 1;
}
/** The exit status of a run that could not be made. */
function exitCodeOfProblem(problem) {
	return USAGE.test(problem.code) ? 2 : 1;
}
// src/reports/wording.ts
/** `package-lock.json:12`. Plain text: the caller escapes it. */
function placeOf({ path, line }) {
	return line === void 0 ? path : `${path}:${line}`;
}
/** `412 components, 3 gaps`; names in camel case become words. Of the counts that are 0 only the first is said. */
function statsWords(stats) {
	return Object.entries(stats).filter(([, count], at) => at === 0 || count !== 0).map(([name, count]) => statWords(name, count)).join(", ");
}
/** `412 components`, `1 gap`, `3.4 MB read` */
function statWords(name, count) {
	const rest = /^bytes(?=[A-Z]|$)/.exec(name) ? name.slice(5) : void 0;
	if (rest !== void 0) return `${sizeWords(count)}${wordsOf(rest)}`;
	return `${count} ${wordsOf(count === 1 ? singular(name) : name)}`;
}
/** `812 bytes`, `34.5 kB`, `1.2 GB`; powers of 1000. */
function sizeWords(bytes) {
	if (bytes < 1e3) return counted(bytes, "byte");
	const power = Math.min(Math.floor(Math.log10(bytes) / 3), 4);
	return `${(bytes / 1e3 ** power).toFixed(1)} ${[
		"",
		"k",
		"M",
		"G",
		"T"
	][power] ?? ""}B`;
}
/** `40 ms`, `2.1 s`, `3 min 5 s` */
function durationWords(milliseconds) {
	if (milliseconds < 1e3) return `${Math.round(milliseconds)} ms`;
	const seconds = milliseconds / 1e3;
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
/** `1 finding`, `2 findings` */
function counted(count, noun) {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
/** The causes of a verdict that are no findings: those are shown with all that belongs to them. */
function otherCauses({ causes, findings }) {
	const shown = new Set(findings.map(({ rule, message }) => `${rule.id}: ${message}`));
	return causes.filter((cause) => !shown.has(cause));
}
/** Lines of at most `width` columns, broken between words; a longer word has a line of its own. */
function wrapped(text, width) {
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) if (line !== "" && line.length + word.length + 1 > width) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return [...lines, line];
}
/** How many checks of the run came out in each way. */
function outcomesOf(report) {
	const counts = {
		verified: 0,
		contradicted: 0,
		absent: 0,
		unavailable: 0
	};
	for (const stage of report.stages) for (const { outcome } of stage.evidence) counts[outcome]++;
	return counts;
}
/** `pass` is not all there is to say when something, or all, was not looked at, or there was nothing to look at. */
function moodOf(report) {
	if (report.verdict.conclusion === "fail") return "fail";
	const { verified, unavailable } = outcomesOf(report);
	const { unread = 0, gaps = 0 } = report.stages.find(({ stage }) => stage === "inventory")?.stats ?? {};
	return verified === 0 || unavailable + unread + gaps > 0 ? "unsure" : "pass";
}
function wordsOf(name) {
	return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
function singular(name) {
	return name.replace(/ies$/, "y").replace(/([^s])s$/, "$1");
}
// src/reports/json.ts
/**
* Everything that a run found, for machines; schema/report-1.0.schema.json describes it. Texts are as they were
* found: whoever shows them has to escape them.
*/
const json = {
	id: "json",
	render: (report) => ({
		name: "report.json",
		mediaType: "application/json",
		chunks: () => jsonChunks(reportNode(report))
	})
};
function reportNode(report) {
	const { schema, tool, startedAt, checkout, verdict, stages } = report;
	const { conclusion, headline, causes } = verdict;
	return { members: [
		["$schema", { value: `https://assay.dev/schema/report-${schema}.schema.json` }],
		["schema", { value: schema }],
		["tool", { value: tool }],
		["startedAt", { value: startedAt }],
		["checkout", checkout && { value: checkout }],
		["verdict", { value: {
			conclusion,
			headline,
			causes
		} }],
		["stages", { each: stages.map(stageValue) }],
		["rules", { each: rulesIn(verdict.findings) }],
		["findings", { each: mapped(verdict.findings, findingValue) }],
		["lockfiles", { nodes: mapped(report.lockfiles, lockfileNode) }],
		["images", { each: report.images }],
		["gaps", { each: report.gaps }],
		["components", { each: mapped(report.components, componentValue) }],
		["evidence", { each: evidenceOf(stages) }]
	] };
}
/** Without what has an array of its own, and without the words for people. */
function stageValue(report) {
	const { findings, evidence, section: _section, ...rest } = report;
	return {
		...rest,
		findings: findings.length,
		evidence: evidence.length
	};
}
/** Every rule that a finding refers to, once, sorted by id. */
function rulesIn(findings) {
	return [...new Map(findings.map(({ rule }) => [rule.id, rule])).values()].sort((a, b) => a.id < b.id ? -1 : 1);
}
function findingValue({ rule, ...rest }) {
	return {
		rule: rule.id,
		...rest
	};
}
function lockfileNode({ direct, components, ...rest }) {
	return { members: [
		...Object.entries(rest).map(([name, value]) => [name, { value }]),
		["direct", { each: direct }],
		["components", { each: components }]
	] };
}
/** A lockfile can hold credentials by mistake, and a report is published more widely. */
function componentValue(component) {
	const { origin, files } = component;
	return {
		...component,
		origin: "url" in origin ? {
			...origin,
			...withPublicUrl(origin.url)
		} : origin,
		files: files.map((file) => ({
			...file,
			...withPublicUrl(file.url)
		}))
	};
}
function withPublicUrl(url) {
	if (url === void 0) return {};
	return { url: /[@?#]/.test(url) ? withoutSecrets(url) : url };
}
function* evidenceOf(stages) {
	for (const { stage, evidence } of stages) for (const item of evidence) yield {
		stage,
		...item
	};
}
function* mapped(items, makeOne) {
	for (const item of items) yield makeOne(item);
}
// src/model/section.ts
/** The runs of a text, of which there may be only one. */
function inlinesOf(text) {
	return typeof text === "string" || !isList(text) ? [text] : text;
}
function isList(text) {
	return Array.isArray(text);
}
// src/reports/markdown/escape.ts
/** Splits a text in the page's source without a trace on the page, so that GitHub sees no reference in it. */
const SPLIT = "<!-- -->";
/** Longest block of code, in UTF-16 units. */
const MAX_CODE$1 = 1e4;
/**
* Escapes text from anywhere for a place where Markdown has running text. No markup, HTML, mention
* (`@org`), reference (`#1`) or address in it means anything.
*
* @see https://github.github.com/gfm/#autolinks-extension-
*/
function escapeText(text) {
	return unlinked(plainText(text).replace(/[&<>]/g, htmlOf).replace(/[\\`*_[\]~|$]/g, "\\$&"));
}
/** The same for a place where HTML has running text and Markdown is not read: the title of a fold. */
function escapeHtml(text) {
	return unlinked(plainText(text).replace(/[&<>"'[]/g, htmlOf));
}
/** Keeps the beginning of a block from being read as a heading, a list, a quote, or in a log as a workflow command. */
function escapeStart(markdown) {
	return markdown.trimStart().replace(/^[-+=#>:]/, "\\$&").replace(/^(\d{1,9})([.)])/, "$1\\$2");
}
/** Code within running text. The source stays readable where the code allows it. */
function renderCode(text) {
	const shown = plainText(text);
	if (shown.trim() === "") return "";
	return /[`|\\]|##\[/.test(shown) || shown !== shown.trim() ? `<code>${escapeText(text)}</code>` : `\`${shown}\``;
}
/** A block of code behind a fence that the code cannot close. */
function renderCodeBlock(language, text) {
	const shown = withoutCommands(plainLines(text, MAX_CODE$1));
	const longest = (shown.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
	const fence = "`".repeat(longest + 1);
	return `${fence}${language.slice(0, 20).replace(/[^a-z0-9-]/gi, "")}\n${shown}\n${fence}`;
}
/** Addresses that a page may lead to, written so that they cannot end the link they stand in. */
function linkTarget(url) {
	if (url.length > 2e3 || !URL.canParse(url)) return void 0;
	const { protocol, username, href } = new URL(url);
	if (protocol !== "https:" && protocol !== "http:" || username !== "") return void 0;
	return href.replace(/[^A-Za-z0-9\-._~:/?#@!$&+,;=%]/g, (char) => `%${char.charCodeAt(0).toString(16)}`).replaceAll("&", "&amp;");
}
function unlinked(text) {
	return text.replace(/@(?=\S)/g, `@${SPLIT}`).replace(/#(?=\d)/g, `#${SPLIT}`).replace(/GH-(?=\d)/gi, `$&${SPLIT}`).replace(/:(?=\/\/)/g, `:${SPLIT}`).replace(/www(?=\.)/gi, `$&${SPLIT}`);
}
function htmlOf(char) {
	switch (char) {
		case "&": return "&amp;";
		case "<": return "&lt;";
		case ">": return "&gt;";
		case "\"": return "&quot;";
		case "[": return "&lbrack;";
		default: return "&apos;";
	}
}
// src/reports/markdown/blocks.ts
/** Columns of the longest bar. */
const BAR_WIDTH$1 = 30;
/** Rows of one table; a page with more is no summary. */
const MAX_ROWS$1 = 1e3;
/** Blocks as GitHub's Markdown, with an empty line between. Every string in them is escaped. */
function renderBlocks$1(blocks) {
	return blocks.map(renderBlock$1).join("\n\n");
}
/** Running text as Markdown. */
function renderText$1(text) {
	return inlinesOf(text).map(renderInline$1).join("");
}
/** A fold around Markdown that is already rendered. */
function renderFold(summary, markdown) {
	return `<details><summary>${inlinesOf(summary).map(renderHtml).join("")}</summary>\n\n${markdown}\n\n</details>`;
}
function renderBlock$1(block) {
	switch (block.kind) {
		case "paragraph": return escapeStart(renderText$1(block.text));
		case "list": return block.items.map((item) => `- ${escapeStart(renderText$1(item))}`).join("\n");
		case "table": return renderTable$1(block);
		case "chart": return renderChart$1(block);
		case "code": return renderCodeBlock(block.language, block.text);
		case "details": return renderFold(block.summary, renderBlocks$1(block.blocks));
		default: return block;
	}
}
/** A table; rows beyond the limit are counted. */
function renderTable$1({ columns, rows }) {
	const lines = [
		columns.map(({ title }) => escapeText(title)),
		columns.map(({ numeric }) => numeric === true ? "---:" : "---"),
		...rows.slice(0, MAX_ROWS$1).map((row) => columns.map((_, at) => renderText$1(row[at] ?? "")))
	].map((cells) => `| ${cells.join(" | ")} |`);
	const more = rows.length - MAX_ROWS$1;
	return [...lines, ...more > 0 ? ["", `And ${more} more rows.`] : []].join("\n");
}
function renderChart$1({ bars }) {
	const most = Math.max(1, ...bars.map(({ value }) => value));
	return renderTable$1({
		kind: "table",
		columns: [
			{ title: "" },
			{ title: "" },
			{
				title: "",
				numeric: true
			}
		],
		rows: bars.map(({ label, value }) => [
			label,
			"█".repeat(Math.ceil(Math.max(0, value) / most * BAR_WIDTH$1)),
			String(value)
		])
	});
}
function renderInline$1(inline) {
	if (typeof inline === "string") return escapeText(inline);
	if ("code" in inline) return renderCode(inline.code);
	if ("strong" in inline) return renderStrong(inline.strong);
	const target = linkTarget(inline.link.url);
	const text = escapeText(inline.link.text);
	return target === void 0 ? text : `[${text}](${target})`;
}
/** Stars count only beside letters. */
function renderStrong(text) {
	const shown = escapeText(text);
	return /^[A-Za-z0-9](.*[A-Za-z0-9])?$/.test(shown) ? `**${shown}**` : `<strong>${shown}</strong>`;
}
function renderHtml(inline) {
	if (typeof inline === "string") return escapeHtml(inline);
	if ("code" in inline) return `<code>${escapeHtml(inline.code)}</code>`;
	if ("strong" in inline) return `<strong>${escapeHtml(inline.strong)}</strong>`;
	const target = linkTarget(inline.link.url);
	const text = escapeHtml(inline.link.text);
	return target === void 0 ? text : `<a href="${target}">${text}</a>`;
}
// src/reports/markdown/findings.ts
/** Findings on the page. report.json has all. */
const MAX_FINDINGS = 50;
/** Places shown of one finding. */
const MAX_PLACES$1 = 3;
const MARKS = {
	critical: "🔴 critical",
	high: "🟠 high",
	medium: "🟡 medium",
	low: "🔵 low",
	info: "⚪ info"
};
/**
* What a person has to act on: a table of what, where and the next step, and a fold of what was waived.
*
* @returns nothing when nothing was found
*/
function renderFindings(findings, checkout) {
	const open = findings.filter((finding) => finding.waiver === void 0);
	const waived = findings.filter((finding) => finding.waiver !== void 0);
	return [...open.length === 0 ? [] : [`### ${counted(open.length, "finding")}`, tableOf(open, checkout)], ...waived.length === 0 ? [] : [foldOf(waived)]];
}
function tableOf(findings, checkout) {
	const table = renderTable$1({
		kind: "table",
		columns: [
			{ title: "Severity" },
			{ title: "What" },
			{ title: "Where" },
			{ title: "Next step" }
		],
		rows: findings.slice(0, MAX_FINDINGS).map((finding) => [
			MARKS[finding.severity],
			[
				{ strong: finding.rule.title },
				": ",
				finding.message,
				" ",
				{ code: finding.rule.id }
			],
			whereOf(finding, checkout),
			finding.rule.remedy
		])
	});
	const more = findings.length - MAX_FINDINGS;
	return more > 0 ? `${table}\n\nAnd ${more} more: report.json has all of them.` : table;
}
function foldOf(waived) {
	const table = renderTable$1({
		kind: "table",
		columns: [
			{ title: "Severity" },
			{ title: "What" },
			{ title: "Accepted until" },
			{ title: "Why" }
		],
		rows: waived.slice(0, MAX_FINDINGS).map(({ severity, message, rule, waiver }) => [
			MARKS[severity],
			[
				message,
				" ",
				{ code: rule.id }
			],
			waiver?.expires ?? "",
			waiver?.reason ?? ""
		])
	});
	return renderFold(`${counted(waived.length, "finding")} accepted by waivers`, table);
}
function whereOf({ locations, subject }, checkout) {
	if (locations.length === 0) return { code: subject };
	const places = locations.slice(0, MAX_PLACES$1).flatMap((location, at) => {
		const url = urlOf(location, checkout);
		const text = placeOf(location);
		return [...at === 0 ? [] : [", "], url === void 0 ? { code: text } : { link: {
			text,
			url
		} }];
	});
	const more = locations.length - MAX_PLACES$1;
	return more > 0 ? [...places, ` and ${more} more`] : places;
}
/** The line on the code host, as far as it has it: not of a file that was changed since the commit. */
function urlOf({ path, line }, checkout) {
	const { repository, commit, dirty = [], dirtyCount = 0 } = checkout ?? {};
	if (repository === void 0 || commit === void 0) return void 0;
	if (dirty.includes(path) || dirtyCount > dirty.length) return void 0;
	return `${repository.replace(/\.git$/, "").replace(/\/$/, "")}/blob/${commit}/${path.split("/").map(encodeURIComponent).join("/")}${line === void 0 ? "" : `#L${line}`}`;
}
// src/reports/markdown.ts
/** Causes on the page, before the table that has them all. */
const MAX_CAUSES$1 = 10;
const MOODS$1 = {
	pass: "✅",
	unsure: "⚠️",
	fail: "❌"
};
/** The job summary as a file. */
const markdown = {
	id: "markdown",
	render: (report) => ({
		name: "summary.md",
		mediaType: "text/markdown",
		chunks: () => [renderSummary(report)]
	})
};
/** The whole page: verdict and its causes, findings, stages; then, folded, what each stage has to say. */
function renderSummary(report, limit) {
	const { verdict, stages, checkout } = report;
	return joined([
		`## ${MOODS$1[moodOf(report)]} Assay: ${escapeText(verdict.headline)}`,
		...causesOf(otherCauses(verdict)),
		...renderFindings(verdict.findings, checkout),
		...stagesOf(stages)
	], sectionsOf(stages), limit);
}
/** The page of a run that is still under way, or was killed: what is known so far. */
function renderUnfinished(stages, limit) {
	return joined([...[`## ⏳ Assay has not finished: ${counted(stages.length, "stage")} done so far`], ...stagesOf(stages)], sectionsOf(stages), limit);
}
/** Cuts between sections, never within one: half a table or an open fold would spoil the rest of the page. */
function joined(head, sections, limit) {
	const parts = [...head, ...sections];
	const text = `${parts.join("\n\n")}\n`;
	if (limit === void 0 || Buffer.byteLength(text) <= limit.maxBytes) return text;
	const kept = [];
	const end = `Cut here: the whole summary is larger than a runner shows. ${renderText$1(limit.rest)}\n`;
	let bytes = Buffer.byteLength(end);
	for (const part of parts) {
		bytes += Buffer.byteLength(part) + 2;
		if (bytes > limit.maxBytes) break;
		kept.push(part);
	}
	return [...kept, end].join("\n\n");
}
function causesOf(causes) {
	if (causes.length === 0) return [];
	const shown = causes.slice(0, MAX_CAUSES$1).map((cause) => `- ${escapeText(cause)}`);
	const more = causes.length - MAX_CAUSES$1;
	return [[...shown, ...more > 0 ? [`- and ${counted(more, "more cause")}`] : []].join("\n")];
}
function stagesOf(stages) {
	return [renderTable$1({
		kind: "table",
		columns: [
			{ title: "Stage" },
			{ title: "Result" },
			{
				title: "Findings",
				numeric: true
			},
			{
				title: "Time",
				numeric: true
			}
		],
		rows: stages.filter((stage) => stage.reason !== NOT_ASKED_FOR).map((stage) => [
			stage.title,
			resultOf(stage),
			String(stage.findings.length),
			stage.status === "completed" ? durationWords(stage.durationMs) : ""
		])
	})];
}
function resultOf({ status, stats, reason, problem }) {
	switch (status) {
		case "completed": return statsWords(stats);
		case "skipped": return `skipped: ${reason ?? ""}`;
		case "errored": return [
			{ strong: "not done" },
			`: ${problem?.message ?? ""}. ${problem?.remedy ?? ""} `,
			codeOf(problem?.code)
		];
		default: return status;
	}
}
function codeOf(code) {
	return { code: code ?? "" };
}
function sectionsOf(stages) {
	return stages.flatMap(({ section, stats }) => {
		if (section === void 0) return [];
		const words = statsWords(stats);
		return [renderFold([{ strong: section.title }, ...words === "" ? [] : [`: ${words}`]], renderBlocks$1(section.blocks))];
	});
}
// src/reports/index.ts
/** Every report that a run writes. One line each. */
const REPORT_FORMATS = [json, markdown];
// src/reports/terminal/blocks.ts
/** Columns of the longest bar. */
const BAR_WIDTH = 30;
/** Rows of a table on a terminal; the summary has all. */
const MAX_ROWS = 40;
/** Widest column of a table. */
const MAX_CELL = 60;
/** Longest block of code, in UTF-16 units. */
const MAX_CODE = 2e4;
/** Blocks as lines of text, without a trailing line break. Every string in them is made safe. */
function renderBlocks(blocks, paint) {
	return blocks.flatMap((block, at) => [...at === 0 ? [] : [""], ...renderBlock(block, paint)]);
}
function renderBlock(block, paint) {
	switch (block.kind) {
		case "paragraph": return [renderText(block.text, paint)];
		case "list": return block.items.map((item) => `- ${renderText(item, paint)}`);
		case "table": return renderTable(block, paint);
		case "chart": return renderChart(block);
		case "code": return plainLines(block.text, MAX_CODE).split("\n").map((line) => `  ${line}`);
		case "details": return [`${renderText(block.summary, paint)}:`, ...renderBlocks(block.blocks, paint).map((line) => `  ${line}`)];
		default: return block;
	}
}
function renderText(text, paint) {
	return inlinesOf(text).map((inline) => renderInline(inline, paint)).join("");
}
function renderInline(inline, paint) {
	if (typeof inline === "string") return plainText(inline);
	if ("code" in inline) return plainText(inline.code);
	if ("strong" in inline) return paint("bold", plainText(inline.strong));
	const { text, url } = inline.link;
	return text === url ? plainText(url) : `${plainText(text)} (${plainText(url)})`;
}
function renderTable({ columns, rows }, paint) {
	const shown = rows.slice(0, MAX_ROWS).map((row) => columns.map((_, at) => cellOf(row[at] ?? "")));
	const head = columns.map(({ title }) => cellOf(title));
	const widths = columns.map((_, at) => Math.max(...[head, ...shown].map((row) => row[at]?.length ?? 0)));
	const lineOf = (cells) => cells.map((cell, at) => {
		const width = widths[at] ?? 0;
		return columns[at]?.numeric === true ? cell.padStart(width) : cell.padEnd(width);
	}).join("  ").trimEnd();
	const more = rows.length - shown.length;
	return [
		paint("dim", lineOf(head)),
		...shown.map(lineOf),
		...more > 0 ? [`… and ${more} more`] : []
	];
}
function cellOf(text) {
	return plainText(inlinesOf(text).map((inline) => {
		if (typeof inline === "string") return inline;
		if ("code" in inline) return inline.code;
		return "strong" in inline ? inline.strong : inline.link.text;
	}).join(""), MAX_CELL);
}
function renderChart({ bars }) {
	const most = Math.max(1, ...bars.map(({ value }) => value));
	const labels = bars.map(({ label }) => plainText(label, MAX_CELL));
	const width = Math.max(0, ...labels.map((label) => label.length));
	return bars.map(({ value }, at) => {
		const bar = "█".repeat(Math.ceil(Math.max(0, value) / most * BAR_WIDTH));
		return `${(labels[at] ?? "").padEnd(width)}  ${bar} ${value}`;
	});
}
// src/reports/terminal/paint.ts
const PLAIN = (_colour, text) => text;
const COLOURED = (colour, text) => (0, node_util.styleText)(colour, text, { validateStream: false });
// src/reports/terminal.ts
/** Rules on the screen, and findings of each, unless everything is asked for. */
const MAX_RULES = 20;
const MAX_FINDINGS_OF_RULE = 10;
/** Places shown of one finding. */
const MAX_PLACES = 3;
/** Narrower screens break lines themselves. */
const MIN_COLUMNS = 40;
/** Longest message or place, in UTF-16 units. */
const MAX_MESSAGE = 2e3;
/** Causes on the screen; findings that are causes are shown as findings. */
const MAX_CAUSES = 10;
const SEVERITY_COLOURS = {
	critical: "red",
	high: "red",
	medium: "yellow",
	low: "cyan",
	info: "dim"
};
const MOODS = {
	pass: {
		mark: "✓",
		colour: "green"
	},
	unsure: {
		mark: "!",
		colour: "yellow"
	},
	fail: {
		mark: "✗",
		colour: "red"
	}
};
/** For logs, and where nobody knows who reads. */
const PLAIN_STYLE = {
	colours: "off",
	detail: "normal"
};
/**
* One line when a stage is done, and why not when it could not be done.
*
* @returns empty for a stage that the user left out
*/
function renderStage(report, style) {
	const paint = paintOf(style);
	const { title, status, stats, durationMs, reason, problem } = report;
	if (reason === "not asked for") return "";
	if (problem !== void 0) return `${paint("red", "✗")} ${plainText(title)}\n${indented(problemLines(problem, narrower(style, 4)), 4)}`;
	if (status === "skipped") return `${paint("dim", `- ${plainText(title)}: skipped, ${plainText(reason ?? "")}`)}\n`;
	const mark = report.findings.length > 0 ? paint("yellow", "!") : paint("green", "✓");
	const what = [statsWords(stats), ...report.findings.length > 0 ? [counted(report.findings.length, "finding")] : []].filter((words) => words !== "");
	const time = paint("dim", durationWords(durationMs));
	const line = `${mark} ${plainText(title)}  ${what.map((words) => `${words}  `).join("")}${time}\n`;
	const section = style.detail === "all" ? report.section : void 0;
	return section === void 0 ? line : `${line}${indented([
		"",
		...renderBlocks(section.blocks, paint),
		""
	], 4)}`;
}
/** The end of a run: findings, then the verdict with its causes. */
function renderOutcome(report, style) {
	const paint = paintOf(style);
	const { verdict } = report;
	const { mark, colour } = MOODS[moodOf(report)];
	const open = verdict.findings.filter((finding) => finding.waiver === void 0);
	const waived = verdict.findings.length - open.length;
	return `${[
		...findingLines(open, style, layoutOf(style)),
		...waived > 0 ? [`${counted(waived, "finding")} accepted by waivers`, ""] : [],
		paint(colour, `${mark} ${plainText(verdict.headline)}`),
		...causeLines(otherCauses(verdict), layoutOf(style))
	].join("\n")}\n`;
}
/** An error that kept the run from being made. */
function renderProblem(problem, style) {
	return `${problemLines(problem, style).join("\n")}\n`;
}
function layoutOf(style) {
	const { columns = Number.POSITIVE_INFINITY } = style;
	return {
		paint: paintOf(style),
		flow(lead, text) {
			const indent = (0, node_util.stripVTControlCharacters)(lead).length;
			return wrapped(plainText(text, MAX_MESSAGE), Math.max(columns - indent, MIN_COLUMNS)).map((line, at) => `${at === 0 ? lead : " ".repeat(indent)}${line}`);
		}
	};
}
function causeLines(causes, { flow }) {
	const more = causes.length - MAX_CAUSES;
	return [...causes.slice(0, MAX_CAUSES).flatMap((cause) => flow("  - ", cause)), ...more > 0 ? [`  … and ${counted(more, "more cause")}`] : []];
}
/** Findings by rule, so that why and what to do are said once. */
function findingLines(findings, { detail }, layout) {
	const byRule = Object.values(Object.groupBy(findings, ({ rule }) => rule.id));
	const groups = detail === "all" ? byRule : byRule.slice(0, MAX_RULES);
	const most = detail === "all" ? Number.POSITIVE_INFINITY : MAX_FINDINGS_OF_RULE;
	const hidden = byRule.length - groups.length;
	return [...groups.flatMap((group = []) => ruleLines(group, most, layout)), ...hidden > 0 ? [`… and ${counted(hidden, "more kind")} of finding: see report.json`, ""] : []];
}
function ruleLines(findings, most, layout) {
	const [first] = findings;
	if (first === void 0) return [];
	const { rule, severity } = first;
	const { paint, flow } = layout;
	const badge = paint(SEVERITY_COLOURS[severity], severity.toUpperCase());
	const more = findings.length - most;
	return [
		`${badge} ${paint("bold", plainText(rule.title))} ${paint("dim", plainText(rule.id))}`,
		...findings.slice(0, most).flatMap((finding) => foundLines(finding, layout)),
		...more > 0 ? [`  … and ${more} more: see report.json, or run with --verbose`] : [],
		...flow(`  ${paint("dim", "Why: ")} `, rule.why),
		...flow(`  ${paint("dim", "Next:")} `, rule.remedy),
		""
	];
}
function foundLines({ message, locations, subject }, layout) {
	const { paint, flow } = layout;
	const places = locations.slice(0, MAX_PLACES).map((place) => plainText(placeOf(place)));
	const more = locations.length - places.length;
	const where = places.length === 0 ? subject : places.join(", ");
	const rest = more > 0 ? ` and ${counted(more, "more place")}` : "";
	return [...flow("  ", message), ...flow("    ", `${where}${rest}`).map((line) => paint("dim", line))];
}
function problemLines({ code, message, remedy }, style) {
	const { paint, flow } = layoutOf(style);
	return [...flow("", `${message} [${code}]`), ...flow(`${paint("dim", "Next:")} `, remedy)];
}
function indented(lines, columns) {
	return lines.map((line) => `${" ".repeat(line === "" ? 0 : columns)}${line}\n`).join("");
}
function narrower(style, by) {
	return style.columns === void 0 ? style : {
		...style,
		columns: style.columns - by
	};
}
function paintOf({ colours }) {
	return colours === "on" ? COLOURED : PLAIN;
}
// src/run.ts
/** Runs the pipeline. Never throws for what a stage does: that is in the report. */
async function run(options) {
	const state = new RunState(options);
	const wanted = stagesWanted(options);
	for (const stage of stagesOf$1(options.settings.mode)) await state.runStage(stage, wanted);
	return {
		report: state.report(),
		documents: await state.publish()
	};
}
/** The stages asked for, with all that they need. */
function stagesWanted({ settings }) {
	const wanted = /* @__PURE__ */ new Set();
	const want = (stage) => {
		wanted.add(stage);
		Object.values(stage.needs).forEach(want);
	};
	for (const stage of stagesOf$1(settings.mode)) {
		const asked = settings.stages.length === 0 || settings.stages.includes(stage.id);
		if (stage.essential === true || asked && !settings.skip.includes(stage.id)) want(stage);
	}
	return wanted;
}
var RunState = class {
	#options;
	#outputs = /* @__PURE__ */ new Map();
	#reports = [];
	#written = /* @__PURE__ */ new Map();
	#startedAt;
	constructor(options) {
		this.#options = options;
		this.#startedAt = options.host.now().toISOString();
	}
	async runStage(stage, wanted) {
		const { host } = this.#options;
		const context = {
			...this.#options,
			rules: STAGES$1.flatMap(({ rules }) => rules),
			reports: this.#reports,
			write: (document) => this.#writeOne(document),
			publish: () => this.publish()
		};
		const reason = this.#skipReason(stage, wanted, context);
		if (reason !== void 0) return this.#done({
			...nothingOf(stage),
			status: "skipped",
			reason
		});
		if (context.signal.aborted) return this.#done({
			...nothingOf(stage),
			status: "errored",
			problem: ENDED
		});
		this.#options.onStageStart?.(stage);
		const startedAt = host.now().getTime();
		const durationMs = () => host.now().getTime() - startedAt;
		try {
			const inputs = Object.fromEntries(Object.entries(stage.needs).map(([name, needed]) => [name, this.#outputs.get(needed)]));
			const result = await stage.run(context, inputs);
			await this.#write(result.documents ?? []);
			this.#outputs.set(stage, result.output);
			const { findings = [], evidence = [], stats = {}, section, nothing } = result;
			const done = {
				...nothingOf(stage),
				...nothing === void 0 ? { status: "completed" } : {
					status: "skipped",
					reason: nothing
				},
				durationMs: durationMs(),
				findings,
				evidence,
				stats,
				...section && { section }
			};
			await this.#done(done, result.outputs);
		} catch (error) {
			const problem = require_errors.problemOf(error);
			const trace = require_errors.traceOf(error);
			if (trace !== "") host.log.debug(trace);
			await this.#done({
				...nothingOf(stage),
				status: "errored",
				durationMs: durationMs(),
				problem
			});
		}
	}
	#skipReason(stage, wanted, context) {
		if (!wanted.has(stage)) return NOT_ASKED_FOR;
		const missing = Object.values(stage.needs).find((needed) => !this.#outputs.has(needed));
		if (missing) return `needs "${missing.id}", which did not complete`;
		const reason = stage.skipReason?.(context);
		if (reason !== void 0 && stage.idle !== void 0) this.#outputs.set(stage, stage.idle);
		return reason;
	}
	async #done(report, outputs = {}) {
		this.#reports.push(report);
		await this.#options.onStageDone?.(report, outputs);
	}
	/** Writes the reports of the run as far as it is known. */
	async publish() {
		await this.#write(this.#options.render(this.report()));
		return [...this.#written.values()];
	}
	async #write(documents) {
		for (const document of documents) await this.#writeOne(document);
	}
	async #writeOne(document) {
		const { name, mediaType } = document;
		const written = {
			name,
			mediaType,
			path: await this.#options.host.write(name, document.chunks())
		};
		this.#written.set(name, written);
		return written;
	}
	/** The run as far as it is known. */
	report() {
		const found = this.#outputs.get(inventory);
		const where = this.#outputs.get(checkout);
		const policy = this.#outputs.get(policyFile) ?? DEFAULT_POLICY;
		return {
			schema: "1.0",
			tool: {
				name: "assay",
				version: this.#options.version
			},
			startedAt: this.#startedAt,
			...where && { checkout: where },
			lockfiles: found?.lockfiles ?? [],
			images: this.#outputs.get(images) ?? [],
			components: found?.components ?? [],
			gaps: found?.gaps ?? [],
			stages: [...this.#reports],
			verdict: judge(this.#reports, policy, {
				now: this.#options.host.now(),
				offline: this.#options.settings.offline
			})
		};
	}
};
/** Not a skipped stage: a run that was cut short must not pass for what it did not look at. */
const ENDED = {
	code: "CANCELLED",
	message: "The run was ended before this stage began",
	remedy: "Run it again, and let it finish"
};
function nothingOf(stage) {
	return {
		stage: stage.id,
		title: stage.title,
		durationMs: 0,
		findings: [],
		evidence: [],
		stats: {}
	};
}
Object.defineProperty(exports, "BAD_SIGNATURE", {
	enumerable: true,
	get: function() {
		return BAD_SIGNATURE;
	}
});
Object.defineProperty(exports, "BASE_UNREADABLE", {
	enumerable: true,
	get: function() {
		return BASE_UNREADABLE;
	}
});
Object.defineProperty(exports, "CHECKSUM_MISMATCH", {
	enumerable: true,
	get: function() {
		return CHECKSUM_MISMATCH;
	}
});
Object.defineProperty(exports, "CONTRADICTED", {
	enumerable: true,
	get: function() {
		return CONTRADICTED;
	}
});
Object.defineProperty(exports, "CONTRADICTED$1", {
	enumerable: true,
	get: function() {
		return CONTRADICTED$1;
	}
});
Object.defineProperty(exports, "CONTRADICTED$2", {
	enumerable: true,
	get: function() {
		return CONTRADICTED$2;
	}
});
Object.defineProperty(exports, "DIGEST_MISMATCH", {
	enumerable: true,
	get: function() {
		return DIGEST_MISMATCH;
	}
});
Object.defineProperty(exports, "EVENT_CONTRADICTS", {
	enumerable: true,
	get: function() {
		return EVENT_CONTRADICTS;
	}
});
Object.defineProperty(exports, "EVENT_UNREADABLE", {
	enumerable: true,
	get: function() {
		return EVENT_UNREADABLE;
	}
});
Object.defineProperty(exports, "KEY_CHANGED", {
	enumerable: true,
	get: function() {
		return KEY_CHANGED;
	}
});
Object.defineProperty(exports, "LEGACY_SIGNATURE", {
	enumerable: true,
	get: function() {
		return LEGACY_SIGNATURE;
	}
});
Object.defineProperty(exports, "MISSING", {
	enumerable: true,
	get: function() {
		return MISSING;
	}
});
Object.defineProperty(exports, "MISSING$1", {
	enumerable: true,
	get: function() {
		return MISSING$1;
	}
});
Object.defineProperty(exports, "MISSING_FILE", {
	enumerable: true,
	get: function() {
		return MISSING_FILE;
	}
});
Object.defineProperty(exports, "MODE", {
	enumerable: true,
	get: function() {
		return MODE;
	}
});
Object.defineProperty(exports, "NOT_FOUND", {
	enumerable: true,
	get: function() {
		return NOT_FOUND;
	}
});
Object.defineProperty(exports, "NOT_FOUND$1", {
	enumerable: true,
	get: function() {
		return NOT_FOUND$1;
	}
});
Object.defineProperty(exports, "NOT_KEPT", {
	enumerable: true,
	get: function() {
		return NOT_KEPT;
	}
});
Object.defineProperty(exports, "NOT_LISTED", {
	enumerable: true,
	get: function() {
		return NOT_LISTED;
	}
});
Object.defineProperty(exports, "NOT_PROMOTED", {
	enumerable: true,
	get: function() {
		return NOT_PROMOTED;
	}
});
Object.defineProperty(exports, "NOT_SIGNED", {
	enumerable: true,
	get: function() {
		return NOT_SIGNED;
	}
});
Object.defineProperty(exports, "OLD_TRUST", {
	enumerable: true,
	get: function() {
		return OLD_TRUST;
	}
});
Object.defineProperty(exports, "OTHERS_REFUSED", {
	enumerable: true,
	get: function() {
		return OTHERS_REFUSED;
	}
});
Object.defineProperty(exports, "OTHER_COMMIT", {
	enumerable: true,
	get: function() {
		return OTHER_COMMIT;
	}
});
Object.defineProperty(exports, "PATH", {
	enumerable: true,
	get: function() {
		return PATH;
	}
});
Object.defineProperty(exports, "PLAIN_STYLE", {
	enumerable: true,
	get: function() {
		return PLAIN_STYLE;
	}
});
Object.defineProperty(exports, "REFUSED", {
	enumerable: true,
	get: function() {
		return REFUSED;
	}
});
Object.defineProperty(exports, "REPORT_FORMATS", {
	enumerable: true,
	get: function() {
		return REPORT_FORMATS;
	}
});
Object.defineProperty(exports, "SETTINGS", {
	enumerable: true,
	get: function() {
		return SETTINGS;
	}
});
Object.defineProperty(exports, "TAG_NOT_PINNED", {
	enumerable: true,
	get: function() {
		return TAG_NOT_PINNED;
	}
});
Object.defineProperty(exports, "TRUSTED", {
	enumerable: true,
	get: function() {
		return TRUSTED;
	}
});
Object.defineProperty(exports, "UNAVAILABLE", {
	enumerable: true,
	get: function() {
		return UNAVAILABLE;
	}
});
Object.defineProperty(exports, "UNAVAILABLE$1", {
	enumerable: true,
	get: function() {
		return UNAVAILABLE$3;
	}
});
Object.defineProperty(exports, "UNREADABLE", {
	enumerable: true,
	get: function() {
		return UNREADABLE;
	}
});
Object.defineProperty(exports, "UNSIGNED", {
	enumerable: true,
	get: function() {
		return UNSIGNED;
	}
});
Object.defineProperty(exports, "UNSIGNED$1", {
	enumerable: true,
	get: function() {
		return UNSIGNED$1;
	}
});
Object.defineProperty(exports, "UNTRUSTED", {
	enumerable: true,
	get: function() {
		return UNTRUSTED;
	}
});
Object.defineProperty(exports, "VENDORED", {
	enumerable: true,
	get: function() {
		return VENDORED;
	}
});
Object.defineProperty(exports, "VERIFY", {
	enumerable: true,
	get: function() {
		return VERIFY;
	}
});
Object.defineProperty(exports, "VERSION", {
	enumerable: true,
	get: function() {
		return VERSION;
	}
});
Object.defineProperty(exports, "arrayField", {
	enumerable: true,
	get: function() {
		return arrayField;
	}
});
Object.defineProperty(exports, "assertFolder", {
	enumerable: true,
	get: function() {
		return assertFolder;
	}
});
Object.defineProperty(exports, "baseFilesOf", {
	enumerable: true,
	get: function() {
		return baseFilesOf;
	}
});
Object.defineProperty(exports, "byFile", {
	enumerable: true,
	get: function() {
		return byFile;
	}
});
Object.defineProperty(exports, "byLocation", {
	enumerable: true,
	get: function() {
		return byLocation;
	}
});
Object.defineProperty(exports, "byPurl", {
	enumerable: true,
	get: function() {
		return byPurl;
	}
});
Object.defineProperty(exports, "bytesOf", {
	enumerable: true,
	get: function() {
		return bytesOf;
	}
});
Object.defineProperty(exports, "conflictMarkerLine", {
	enumerable: true,
	get: function() {
		return conflictMarkerLine;
	}
});
Object.defineProperty(exports, "counted", {
	enumerable: true,
	get: function() {
		return counted;
	}
});
Object.defineProperty(exports, "endOnSignals", {
	enumerable: true,
	get: function() {
		return endOnSignals;
	}
});
Object.defineProperty(exports, "excludePatterns", {
	enumerable: true,
	get: function() {
		return excludePatterns;
	}
});
Object.defineProperty(exports, "exitCodeOf", {
	enumerable: true,
	get: function() {
		return exitCodeOf;
	}
});
Object.defineProperty(exports, "exitCodeOfProblem", {
	enumerable: true,
	get: function() {
		return exitCodeOfProblem;
	}
});
Object.defineProperty(exports, "fieldOf", {
	enumerable: true,
	get: function() {
		return fieldOf;
	}
});
Object.defineProperty(exports, "idTokens", {
	enumerable: true,
	get: function() {
		return idTokens;
	}
});
Object.defineProperty(exports, "inParallel", {
	enumerable: true,
	get: function() {
		return inParallel;
	}
});
Object.defineProperty(exports, "isExplicit", {
	enumerable: true,
	get: function() {
		return isExplicit;
	}
});
Object.defineProperty(exports, "isTable", {
	enumerable: true,
	get: function() {
		return isTable;
	}
});
Object.defineProperty(exports, "jsonIn", {
	enumerable: true,
	get: function() {
		return jsonIn;
	}
});
Object.defineProperty(exports, "jsonInUtf8", {
	enumerable: true,
	get: function() {
		return jsonInUtf8;
	}
});
Object.defineProperty(exports, "jsonKindOf", {
	enumerable: true,
	get: function() {
		return jsonKindOf;
	}
});
Object.defineProperty(exports, "jsonObjectIn", {
	enumerable: true,
	get: function() {
		return jsonObjectIn;
	}
});
Object.defineProperty(exports, "jsonObjectOf", {
	enumerable: true,
	get: function() {
		return jsonObjectOf;
	}
});
Object.defineProperty(exports, "judge", {
	enumerable: true,
	get: function() {
		return judge;
	}
});
Object.defineProperty(exports, "keepSecretsOutOfReports", {
	enumerable: true,
	get: function() {
		return keepSecretsOutOfReports;
	}
});
Object.defineProperty(exports, "keyIdOf", {
	enumerable: true,
	get: function() {
		return keyIdOf;
	}
});
Object.defineProperty(exports, "linesOf", {
	enumerable: true,
	get: function() {
		return linesOf;
	}
});
Object.defineProperty(exports, "logLine", {
	enumerable: true,
	get: function() {
		return logLine;
	}
});
Object.defineProperty(exports, "machine", {
	enumerable: true,
	get: function() {
		return machine;
	}
});
Object.defineProperty(exports, "maskToken", {
	enumerable: true,
	get: function() {
		return maskToken;
	}
});
Object.defineProperty(exports, "mergeByPurl", {
	enumerable: true,
	get: function() {
		return mergeByPurl;
	}
});
Object.defineProperty(exports, "nearestOf", {
	enumerable: true,
	get: function() {
		return nearestOf;
	}
});
Object.defineProperty(exports, "outcomesOf", {
	enumerable: true,
	get: function() {
		return outcomesOf;
	}
});
Object.defineProperty(exports, "parseJson", {
	enumerable: true,
	get: function() {
		return parseJson;
	}
});
Object.defineProperty(exports, "parseMinisignKey", {
	enumerable: true,
	get: function() {
		return parseMinisignKey;
	}
});
Object.defineProperty(exports, "parseMinisignSignature", {
	enumerable: true,
	get: function() {
		return parseMinisignSignature;
	}
});
Object.defineProperty(exports, "parsePathPattern", {
	enumerable: true,
	get: function() {
		return parsePathPattern;
	}
});
Object.defineProperty(exports, "parseToml", {
	enumerable: true,
	get: function() {
		return parseToml;
	}
});
Object.defineProperty(exports, "patternFor", {
	enumerable: true,
	get: function() {
		return patternFor;
	}
});
Object.defineProperty(exports, "placeOf", {
	enumerable: true,
	get: function() {
		return placeOf;
	}
});
Object.defineProperty(exports, "plainLines", {
	enumerable: true,
	get: function() {
		return plainLines;
	}
});
Object.defineProperty(exports, "plainText", {
	enumerable: true,
	get: function() {
		return plainText;
	}
});
Object.defineProperty(exports, "progressOn", {
	enumerable: true,
	get: function() {
		return progressOn;
	}
});
Object.defineProperty(exports, "purlOf", {
	enumerable: true,
	get: function() {
		return purlOf;
	}
});
Object.defineProperty(exports, "readEventVisibility", {
	enumerable: true,
	get: function() {
		return readEventVisibility;
	}
});
Object.defineProperty(exports, "readForm", {
	enumerable: true,
	get: function() {
		return readForm;
	}
});
Object.defineProperty(exports, "readList", {
	enumerable: true,
	get: function() {
		return readList;
	}
});
Object.defineProperty(exports, "readMap", {
	enumerable: true,
	get: function() {
		return readMap;
	}
});
Object.defineProperty(exports, "readText", {
	enumerable: true,
	get: function() {
		return readText$1;
	}
});
Object.defineProperty(exports, "realTiming", {
	enumerable: true,
	get: function() {
		return realTiming;
	}
});
Object.defineProperty(exports, "refuse", {
	enumerable: true,
	get: function() {
		return refuse;
	}
});
Object.defineProperty(exports, "renderOutcome", {
	enumerable: true,
	get: function() {
		return renderOutcome;
	}
});
Object.defineProperty(exports, "renderProblem", {
	enumerable: true,
	get: function() {
		return renderProblem;
	}
});
Object.defineProperty(exports, "renderProgressBar", {
	enumerable: true,
	get: function() {
		return renderProgressBar;
	}
});
Object.defineProperty(exports, "renderProgressLine", {
	enumerable: true,
	get: function() {
		return renderProgressLine;
	}
});
Object.defineProperty(exports, "renderStage", {
	enumerable: true,
	get: function() {
		return renderStage;
	}
});
Object.defineProperty(exports, "renderSummary", {
	enumerable: true,
	get: function() {
		return renderSummary;
	}
});
Object.defineProperty(exports, "renderUnfinished", {
	enumerable: true,
	get: function() {
		return renderUnfinished;
	}
});
Object.defineProperty(exports, "run", {
	enumerable: true,
	get: function() {
		return run;
	}
});
Object.defineProperty(exports, "secretKeeper", {
	enumerable: true,
	get: function() {
		return secretKeeper;
	}
});
Object.defineProperty(exports, "secretsOf", {
	enumerable: true,
	get: function() {
		return secretsOf;
	}
});
Object.defineProperty(exports, "settingsOf", {
	enumerable: true,
	get: function() {
		return settingsOf;
	}
});
Object.defineProperty(exports, "signedFileName", {
	enumerable: true,
	get: function() {
		return signedFileName;
	}
});
Object.defineProperty(exports, "stringField", {
	enumerable: true,
	get: function() {
		return stringField;
	}
});
Object.defineProperty(exports, "stringsField", {
	enumerable: true,
	get: function() {
		return stringsField;
	}
});
Object.defineProperty(exports, "tableField", {
	enumerable: true,
	get: function() {
		return tableField;
	}
});
Object.defineProperty(exports, "tableOf", {
	enumerable: true,
	get: function() {
		return tableOf$2;
	}
});
Object.defineProperty(exports, "verifyMinisign", {
	enumerable: true,
	get: function() {
		return verifyMinisign;
	}
});
Object.defineProperty(exports, "wayToSign", {
	enumerable: true,
	get: function() {
		return wayToSign;
	}
});
Object.defineProperty(exports, "withoutCommands", {
	enumerable: true,
	get: function() {
		return withoutCommands;
	}
});
Object.defineProperty(exports, "withoutSecrets", {
	enumerable: true,
	get: function() {
		return withoutSecrets;
	}
});
Object.defineProperty(exports, "workflowRepository", {
	enumerable: true,
	get: function() {
		return workflowRepository;
	}
});
Object.defineProperty(exports, "wrapped", {
	enumerable: true,
	get: function() {
		return wrapped;
	}
});
