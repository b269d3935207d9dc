require("./chunk-rolldown-runtime.js");
const require_errors = require("./chunk-errors.js");
const require_run = require("./chunk-run.js");
let node_util = require("node:util");
let node_path = require("node:path");
// src/command-line.ts
/** Flags that say how a terminal shows a run, not what it does. */
const SWITCHES = [
	{
		name: "json",
		help: "Print report.json on standard output, and nothing else there. npm prints lines of its own: npm start --silent."
	},
	{
		name: "quiet",
		short: "q",
		help: "Print the verdict and its findings only."
	},
	{
		name: "verbose",
		short: "v",
		help: "Print what every stage has to say, and debug messages."
	},
	{
		name: "color",
		help: "Use colours, also where there is no terminal."
	},
	{
		name: "no-color",
		help: "Use no colours."
	},
	{
		name: "version",
		short: "V",
		help: "Print the version."
	},
	{
		name: "help",
		short: "h",
		help: "Print this page."
	}
];
/** The settings that a terminal has. */
const TERMINAL_SETTINGS = require_run.SETTINGS.filter(({ on }) => on === "both");
/** How help and messages name the flag of a setting: `--out`, `--no-go-checksum-database`. */
function flagOf(setting) {
	const name = setting.flag ?? setting.name;
	return setting.default === "true" && setting.value === void 0 ? `--no-${name}` : `--${name}`;
}
/** @throws InputError `INPUT_INVALID` or `INPUT_CONFLICT` for what cannot be understood */
function parseCommandLine(args) {
	const options = optionsOf();
	const { tokens } = (0, node_util.parseArgs)({
		args: [...args],
		options,
		strict: false,
		tokens: true,
		allowPositionals: true
	});
	const given = /* @__PURE__ */ new Map();
	const switches = /* @__PURE__ */ new Set();
	for (const token of tokens) {
		if (token.kind === "positional") givePositional(given, token.value);
		if (token.kind !== "option") continue;
		const { name, rawName, value } = token;
		if (!Object.hasOwn(options, name)) throw unknownFlag(rawName, Object.keys(options));
		const setting = settingOf(name);
		if (setting === void 0) switches.add(name);
		else give(given, setting, {
			place: `flag "${rawName}"`,
			text: valueOf(setting, token)
		});
		if (setting === void 0 && value !== void 0) throw needlessValue(rawName);
	}
	assertNoConflict(switches);
	return {
		given,
		switches
	};
}
function optionsOf() {
	const options = {};
	for (const setting of TERMINAL_SETTINGS) {
		const type = setting.value === void 0 ? "boolean" : "string";
		options[setting.name] = {
			type,
			multiple: true
		};
		if (setting.flag !== void 0) options[setting.flag] = {
			type,
			multiple: true
		};
		if (type === "boolean") options[`no-${setting.name}`] = {
			type,
			multiple: true
		};
	}
	for (const one of SWITCHES) options[one.name] = {
		type: "boolean",
		..."short" in one && { short: one.short }
	};
	return options;
}
function settingOf(name) {
	return TERMINAL_SETTINGS.find((setting) => setting.name === name || setting.flag === name || `no-${setting.name}` === name);
}
function valueOf(setting, token) {
	const { name, rawName, value, inlineValue } = token;
	if (setting.value === void 0) {
		if (value !== void 0 && name !== setting.name) throw needlessValue(rawName);
		return value ?? (name === setting.name ? "true" : "false");
	}
	if (value !== void 0 && value !== "" && (inlineValue === true || !value.startsWith("-"))) return value;
	throw new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use flag "${rawName}": found no value, expected ${setting.value}`,
		remedy: `Write it behind the flag: ${rawName} ${setting.choices?.[0] ?? setting.value}`
	});
}
function give(given, setting, { place, text }) {
	const before = setting.repeatable === true ? given.get(setting.name) : void 0;
	given.set(setting.name, {
		place,
		text: before ? `${before.text}\n${text}` : text
	});
}
/** The word `verify` comes first, and subjects behind it; the path of that name is written `./verify`. */
function givePositional(given, text) {
	if (given.has(require_run.MODE.name)) give(given, require_run.VERIFY, {
		place: "what to verify",
		text
	});
	else if (text === "verify" && !given.has(require_run.PATH.name)) given.set(require_run.MODE.name, {
		place: "the command",
		text
	});
	else givePath(given, text);
}
function givePath(given, path) {
	const before = given.get(require_run.PATH.name);
	if (before !== void 0) throw new require_errors.InputError({
		code: "INPUT_CONFLICT",
		message: `Cannot look at two paths: found "${require_run.plainText(before.text)}" and "${require_run.plainText(path)}"`,
		remedy: "Run it once for each, with an --out folder for each"
	});
	given.set(require_run.PATH.name, {
		place: "the path",
		text: path
	});
}
function unknownFlag(rawName, names) {
	const nearest = require_run.nearestOf(rawName.replace(/^-+/, ""), names);
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `There is no flag "${require_run.plainText(rawName)}"`,
		remedy: `${nearest === void 0 ? "" : `Did you mean "--${nearest}"? `}Run \`assay --help\` for all flags`
	});
}
function needlessValue(rawName) {
	return new require_errors.InputError({
		code: "INPUT_INVALID",
		message: `Cannot use flag "${require_run.plainText(rawName)}" with a value: it is on or off`,
		remedy: `Write ${require_run.plainText(rawName)} alone`
	});
}
function assertNoConflict(switches) {
	for (const [a, b] of [["quiet", "verbose"], ["color", "no-color"]]) {
		if (!switches.has(a) || !switches.has(b)) continue;
		throw new require_errors.InputError({
			code: "INPUT_CONFLICT",
			message: `Cannot use --${a} and --${b} together`,
			remedy: "Leave one of them out"
		});
	}
}
// src/help.ts
/** Columns of the page. */
const WIDTH = 92;
/** Columns of the flags, before what they do. */
const FLAG_WIDTH = 28;
const EXAMPLES = [
	["assay", "look at the current folder"],
	["assay ../service --out report", "another checkout; documents into 'report'"],
	["assay --offline", "no network: list dependencies and write SBOMs only"],
	["assay --integrity all", "read every locked file, for all platforms"],
	["assay --fail-on medium", "be stricter than the policy file"],
	["assay --json | jq .verdict", "for machines"],
	["assay verify app.tgz --identity <workflow> --issuer <address>", "is it what they signed?"],
	["assay verify ghcr.io/o/app:1.0 --public-key cosign.pub", "the same of an image, and a key"],
	["assay verify app.tgz", "refuses, and shows who signed it, with the flags"]
];
const EXIT_STATUS = [
	["0", "The verdict is pass."],
	["1", "The verdict is fail, or the run was ended (Ctrl+C) or could not be made."],
	["2", "Wrong usage or configuration: a flag, the policy file, a permission."]
];
const ENVIRONMENT = [
	["NO_COLOR, FORCE_COLOR", "Never, or always, use colours. Flags come first."],
	["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "Proxies, for every request."],
	["NODE_EXTRA_CA_CERTS", "A file of further certificates to trust."],
	["GITHUB_TOKEN, GH_TOKEN", "For GitHub's REST API, where git does not have the base commit."],
	["NPM_TOKEN and the like", "What the project's own registry configuration names."]
];
/** The page that `--help` prints. */
function helpPage() {
	const groups = [...new Set(TERMINAL_SETTINGS.map((setting) => setting.group))];
	return [
		`Assay ${require_run.VERSION}: lists what a checkout depends on, compares every locked digest with the bytes`,
		"that the registry serves, writes SBOMs, and judges by policy. It installs nothing and runs no",
		"code of the checkout.",
		"",
		"Usage: assay [<path>] [flags]           in a clone of Assay: npm start -- [<path>] [flags]",
		"       assay verify <image|file|bundle|sha256:…>… [flags]",
		"",
		...part("Examples", EXAMPLES, 32),
		...groups.flatMap((group) => part(group, TERMINAL_SETTINGS.filter((setting) => setting.group === group).map(rowOf), FLAG_WIDTH)),
		...part("How it is shown", SWITCHES.map((one) => [`${"short" in one ? `-${one.short}, ` : ""}--${one.name}`, one.help]), FLAG_WIDTH),
		...part("Exit status", EXIT_STATUS, 5),
		...part("Environment", ENVIRONMENT, 36)
	].join("\n");
}
function rowOf(setting) {
	const { choices, repeatable, value } = setting;
	const flag = setting.name === require_run.PATH.name ? "<path>" : flagOf(setting);
	const shown = value === void 0 || flag === "<path>" ? flag : `${flag} ${value}`;
	const fallback = setting.terminalDefault ?? setting.default;
	return [shown, [
		setting.flagHelp ?? setting.help.replaceAll("`", ""),
		...choices?.length ? [`One of ${choices.join(", ")}.`] : [],
		...repeatable ? ["Repeatable."] : [],
		...value !== void 0 && fallback !== "" ? [`Default: ${fallback}`] : []
	].join(" ")];
}
function part(title, rows, width) {
	return [
		`${title}:`,
		...rows.flatMap(([left, right]) => columns(left, right, width)),
		""
	];
}
function columns(left, right, width) {
	const lines = require_run.wrapped(right, WIDTH - width - 2);
	const fits = left.length < width;
	return (fits ? lines : ["", ...lines]).map((line, at) => `  ${(at === 0 ? left : "").padEnd(at === 0 && !fits ? 0 : width)}${line}`.trimEnd());
}
// src/host/terminal.ts
/** The host of a run that a person started. */
function terminalHost(options) {
	const { terminal, volume } = options;
	const secrets = require_run.secretKeeper();
	const display = displayOn(terminal.err);
	const show = (stream, text) => {
		display.clear();
		stream.write(secrets.redact(text));
	};
	const logger = (prefix) => (message) => {
		show(terminal.err, `${prefix}${require_run.logLine(message)}\n`);
	};
	const log = {
		debug: volume === "verbose" ? logger("debug: ") : silent,
		info: volume === "quiet" ? silent : logger(""),
		warning: volume === "quiet" ? silent : logger("warning: "),
		error: logger("error: ")
	};
	const own = {
		...require_run.machine({
			...options,
			env: terminal.env
		}),
		mask: secrets.add
	};
	return {
		...own,
		...require_run.idTokens(own),
		log,
		progress: (title, total) => volume === "quiet" ? NO_PROGRESS : require_run.progressOn(display, title, total),
		noArtifacts: "a terminal has no artifact store",
		print: (text) => {
			show(terminal.out, require_run.withoutCommands(text));
		},
		printDocument: (chunk) => {
			show(terminal.out, chunk);
		},
		remark: (text) => {
			show(terminal.err, require_run.withoutCommands(text));
		}
	};
}
const NO_PROGRESS = {
	advance: silent,
	done: silent
};
function silent() {}
/** A bar on a terminal, lines elsewhere: a log that nobody watches is no place to redraw. */
function displayOn(stream) {
	if (stream.isTTY !== true) return {
		kind: "lines",
		now: () => performance.now(),
		show: (state) => stream.write(`${require_run.logLine(require_run.renderProgressLine(state))}\n`),
		clear: silent
	};
	let drawn = false;
	return {
		kind: "bar",
		now: () => performance.now(),
		show(state) {
			drawn = true;
			stream.write(`\r\u001b[2K${require_run.renderProgressBar(state, columnsOf(stream) ?? 80)}`);
		},
		clear() {
			if (drawn) stream.write("\r\x1B[2K");
			drawn = false;
		}
	};
}
/** How wide a terminal is; nothing when it does not know, or is none. Some say 0. */
function columnsOf({ isTTY, columns = 0 }) {
	return isTTY === true && columns > 0 ? columns : void 0;
}
/**
* Whether a stream gets colours: what the user says on the command line, then what the environment says,
* then whether somebody looks.
*
* @see https://no-color.org and https://force-color.org
*/
function wantsColor(stream, env, said) {
	if (said !== void 0) return said === "color";
	const { NO_COLOR: no = "", FORCE_COLOR: force, TERM: term } = env;
	if (no !== "") return false;
	if (force !== void 0 && force !== "") return force !== "0" && force !== "false";
	return stream.isTTY === true && term !== "dumb";
}
// src/on-terminal.ts
/** Longest trace of a bug, in UTF-16 units. */
const MAX_TRACE = 4e3;
/** A run that a person started. @returns the exit status */
async function onTerminal(terminal, args, folder) {
	require_run.keepSecretsOutOfReports();
	for (const stream of [terminal.out, terminal.err]) stream.on?.("error", () => {});
	try {
		const commandLine = parseCommandLine(args);
		const { switches } = commandLine;
		if (switches.has("help")) return printed(terminal, helpPage());
		if (switches.has("version")) return printed(terminal, `${require_run.VERSION}\n`);
		return await runAs(commandLine, terminal, folder);
	} catch (error) {
		return failed(terminal, error);
	}
}
function failed({ err }, error) {
	const problem = require_errors.problemOf(error);
	const trace = require_run.plainLines(require_errors.traceOf(error), MAX_TRACE);
	err.write(require_run.withoutCommands(`assay: ${require_run.renderProblem(problem, require_run.PLAIN_STYLE)}${trace && `${trace}\n`}`));
	return require_run.exitCodeOfProblem(problem);
}
function printed({ out }, text) {
	out.write(text);
	return 0;
}
async function runAs({ given, switches }, terminal, folder) {
	const { GITHUB_TOKEN, GH_TOKEN, COSIGN_PRIVATE_KEY, COSIGN_PASSWORD } = terminal.env;
	const githubToken = GITHUB_TOKEN ?? GH_TOKEN;
	const settings = require_run.settingsOf(given, {
		folder,
		out: (0, node_path.resolve)(folder, "assay-report"),
		uploadArtifact: false,
		...githubToken !== void 0 && { githubToken },
		...COSIGN_PRIVATE_KEY !== void 0 && { signingKey: COSIGN_PRIVATE_KEY },
		...COSIGN_PASSWORD !== void 0 && { signingKeyPassword: COSIGN_PASSWORD }
	});
	require_run.assertFolder(settings.path);
	const volume = switches.has("quiet") ? "quiet" : switches.has("verbose") ? "verbose" : "normal";
	const ending = require_run.endOnSignals({
		asked: (name) => {
			terminal.err.write(`Got ${name}: ending with what is known so far; once more ends at once\n`);
		},
		crashed: (error) => failed(terminal, error)
	});
	const { signal } = ending;
	try {
		const host = terminalHost({
			terminal,
			settings,
			signal,
			volume
		});
		for (const secret of require_run.secretsOf(settings)) host.mask(secret);
		return await runWith(host, settings, {
			signal,
			terminal,
			switches
		});
	} finally {
		ending.release();
	}
}
async function runWith(host, settings, { signal, terminal, switches }) {
	const style = styleOf(terminal, switches);
	const json = switches.has("json");
	const result = await require_run.run({
		host,
		settings,
		signal,
		version: require_run.VERSION,
		render: (report) => require_run.REPORT_FORMATS.map((format) => format.render(report)),
		onStageDone(report) {
			if (!switches.has("quiet")) host.remark(require_run.renderStage(report, style.err));
			return Promise.resolve();
		}
	});
	if (json) {
		printJson(host, result);
		return require_run.exitCodeOf(result.report);
	}
	const { documents, report } = result;
	if (!switches.has("quiet")) {
		const names = documents.map(({ name }) => name).join(", ");
		host.remark(`\nWrote ${names} into ${settings.out}\n\n`);
	}
	host.print(require_run.renderOutcome(report, style.out));
	return require_run.exitCodeOf(report);
}
/** The document as it was written, in pieces: it may be larger than one string. */
function printJson(host, { report }) {
	for (const format of require_run.REPORT_FORMATS) {
		const document = format.render(report);
		if (document.name !== "report.json") continue;
		for (const chunk of document.chunks()) host.printDocument(chunk);
	}
}
function styleOf({ out, err, env }, switches) {
	const said = switches.has("color") ? "color" : switches.has("no-color") ? "no-color" : void 0;
	const detail = switches.has("verbose") ? "all" : "normal";
	const of = (stream) => ({
		colours: wantsColor(stream, env, said) ? "on" : "off",
		detail,
		...columnsFor(stream)
	});
	return {
		out: of(out),
		err: of(err)
	};
}
function columnsFor(stream) {
	const columns = columnsOf(stream);
	return columns === void 0 ? {} : { columns };
}
exports.onTerminal = onTerminal;
