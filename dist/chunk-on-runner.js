require("./chunk-rolldown-runtime.js");
const require_run = require("./chunk-run.js");
const require_toolkit = require("./chunk-toolkit.js");
const require_errors = require("./chunk-errors.js");
let node_diagnostics_channel = require("node:diagnostics_channel");
let node_path = require("node:path");
let node_fs = require("node:fs");
// src/host/token-guard.ts
/**
* Keeps a token to the place that it is for, whoever sends it. The toolkit's HTTP client follows redirects to any host
* and gives its token to each; Node tells of every request before it is sent.
*
* @param token nothing is kept when it is empty
* @param place address of what it is for
* @see https://nodejs.org/docs/latest-v24.x/api/diagnostics_channel.html#http
*/
async function withTokenKept({ token, place }, task) {
	if (token === "" || !URL.canParse(place)) return task();
	const { origin } = new URL(place);
	const guard = (message) => {
		const { request } = message;
		if (String(request.getHeader("authorization") ?? "").includes(token) && originOf(request) !== origin) request.removeHeader("authorization");
	};
	(0, node_diagnostics_channel.subscribe)(CREATED, guard);
	try {
		return await task();
	} finally {
		(0, node_diagnostics_channel.unsubscribe)(CREATED, guard);
	}
}
const CREATED = "http.client.request.created";
function originOf(request) {
	const address = `${request.protocol}//${String(request.getHeader("host"))}`;
	return URL.canParse(address) ? new URL(address).origin : "";
}
// src/host/artifacts.ts
/**
* Why this run has no artifact store.
*
* @returns nothing when it has one
*/
function whyNoArtifacts(env) {
	if (!isGitHub(env["GITHUB_SERVER_URL"])) return "GitHub Enterprise Server has no artifact service for this client";
	const missing = ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL"].find((name) => !env[name]);
	return missing === void 0 ? void 0 : `the runner gave no ${missing}`;
}
/** The artifact service of the workflow run. The client, which is large, is loaded at the first upload. */
function artifactStore({ env, mask }) {
	return { async upload(name, paths, { root, retentionDays }) {
		const { ACTIONS_RUNTIME_TOKEN: token = "", ACTIONS_RESULTS_URL: place = "" } = env;
		require_run.maskToken(token, mask);
		const { DefaultArtifactClient } = await Promise.resolve().then(() => require("./chunk-artifact.js"));
		try {
			const { id, digest } = await withTokenKept({
				token,
				place
			}, () => new DefaultArtifactClient().uploadArtifact(name, [...paths], root, retentionDays === void 0 ? {} : { retentionDays }));
			if (id === void 0) throw new Error("the service gave no id");
			return {
				id: String(id),
				...urlOf(env, id),
				...digest !== void 0 && { digest: `sha256:${digest.replace(/^sha256:/, "")}` }
			};
		} catch (error) {
			if (isConflict(error)) return void 0;
			throw new require_errors.ServiceError({
				code: "SERVICE_UNREACHABLE",
				message: `Cannot upload artifact "${name}" of ${paths.length} files: ${require_errors.messageOf(error)}`,
				remedy: `Run the job again, or set \`upload-artifact: false\` and use the files in "${root}"`,
				cause: error
			});
		}
	} };
}
/** As the client decides it, before it throws. */
function isGitHub(serverUrl) {
	if (serverUrl === void 0 || serverUrl === "") return true;
	if (!URL.canParse(serverUrl)) return false;
	const { hostname } = new URL(serverUrl);
	return hostname === "github.com" || /\.(ghe\.com|localhost)$/.test(hostname);
}
/** Names are unique in a run. The client tells it only in its message. */
function isConflict(error) {
	return /\(409\)|already exists/i.test(require_errors.messageOf(error));
}
function urlOf(env, id) {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env;
	if (!server || !repository || !run) return {};
	return { url: `${server}/${repository}/actions/runs/${run}/artifacts/${id}` };
}
// src/host/runner.ts
/** The runner shows this many annotations of a level for each step, and drops the rest without a word. */
const MAX_ANNOTATIONS = 10;
/** The runner cuts messages here, in UTF-16 units. */
const MAX_ANNOTATION_LENGTH = 4096;
/**
* Longest output, in bytes. Users put outputs into `env:`, where one of 128 KiB makes every program fail
* to start (`Argument list too long`); a job's outputs share 1 MB.
*/
const MAX_OUTPUT_BYTES = 8192;
/** The host of a run in a workflow. */
function runnerHost(options) {
	const { console, env } = options;
	const noArtifacts = whyNoArtifacts(env);
	const display = {
		kind: "lines",
		now: () => performance.now(),
		show: (state) => {
			require_toolkit.info(require_run.logLine(require_run.renderProgressLine(state)));
		},
		clear: () => {}
	};
	const own = {
		...require_run.machine(options),
		...console
	};
	return {
		...own,
		...require_run.idTokens(own),
		progress: (title, total) => require_run.progressOn(display, title, total),
		...noArtifacts === void 0 ? { artifacts: artifactStore(own) } : { noArtifacts }
	};
}
/** Talks to the runner through `@actions/core`. Everything that is shown is made safe here. */
function runnerConsole(env) {
	return {
		log: {
			debug: (message) => {
				if (require_toolkit.isDebug()) require_toolkit.debug(require_run.logLine(message));
			},
			info: line,
			warning: (message) => {
				line(`Warning: ${message}`);
			},
			error: (message) => {
				line(`Error: ${message}`);
			}
		},
		mask: (secret) => {
			if (secret.trim() !== "") require_toolkit.setSecret(secret);
		},
		group: (title) => {
			require_toolkit.startGroup(require_run.plainText(title));
		},
		endGroup: require_toolkit.endGroup,
		annotate: annotator(),
		setOutput(name, value) {
			if (env["GITHUB_OUTPUT"] === void 0) return;
			if (Buffer.byteLength(value) <= MAX_OUTPUT_BYTES) require_toolkit.setOutput(name, value);
			else line(`Warning: Output "${name}" is too long and was not set`);
		},
		writeSummary(markdown) {
			const path = env["GITHUB_STEP_SUMMARY"];
			if (path === void 0) return;
			try {
				(0, node_fs.writeFileSync)(path, markdown);
			} catch (error) {
				line(`Warning: Cannot write the job summary: ${require_errors.messageOf(error)}`);
			}
		}
	};
}
function line(message) {
	require_toolkit.info(require_run.logLine(message));
}
function annotator() {
	const issue = {
		error: require_toolkit.error,
		warning: require_toolkit.warning,
		notice: require_toolkit.notice
	};
	const used = {
		error: 0,
		warning: 0,
		notice: 0
	};
	return ({ level, title, message, path, line: at }) => {
		used[level]++;
		if (used[level] > MAX_ANNOTATIONS) {
			line(`${title}: ${message}${path === void 0 ? "" : ` (${path})`}`);
			return;
		}
		issue[level](require_run.plainText(message, MAX_ANNOTATION_LENGTH), {
			title: require_run.plainText(title),
			...path !== void 0 && { file: require_run.plainText(path) },
			...at !== void 0 && { startLine: at }
		});
	};
}
// src/inputs.ts
/**
* Reads the inputs that the runner hands over as variables: `INPUT_` and the name, blanks as `_`, upper
* case, hyphens kept. An input that is empty was not given.
*/
function inputsIn(env) {
	const given = /* @__PURE__ */ new Map();
	const warnings = [];
	const names = require_run.SETTINGS.map((setting) => setting.name);
	for (const [key, value = ""] of Object.entries(env)) {
		if (!key.startsWith("INPUT_")) continue;
		const name = key.slice(6).toLowerCase();
		const text = value.trim();
		if (!names.includes(name)) {
			const nearest = require_run.nearestOf(name, names);
			const hint = nearest === void 0 ? `known are ${names.join(", ")}` : `did you mean "${nearest}"?`;
			warnings.push(`Input "${name}" is not known and was not used: ${hint}`);
		} else if (text !== "") given.set(name, {
			text,
			place: `input "${name}"`
		});
	}
	return {
		given,
		warnings
	};
}
// src/outputs.ts
/** Outputs that are paths, by the name of the document. */
const PATH_OUTPUTS = /* @__PURE__ */ new Map([
	["sbom.spdx.json", "spdx-path"],
	["sbom.cdx.json", "cyclonedx-path"],
	["report.json", "report-path"],
	["summary.md", "summary-path"]
]);
/** The outputs of a run, besides those that its stages gave. */
function outputsOf({ report, documents }, folder) {
	const { verdict, components, gaps, lockfiles } = report;
	const counts = {
		findings: verdict.findings.filter((finding) => finding.waiver === void 0).length,
		lockfiles: lockfiles.length,
		components: components.length,
		gaps: gaps.length,
		...require_run.outcomesOf(report)
	};
	const outputs = /* @__PURE__ */ new Map([["verdict", verdict.conclusion], ["output-folder", folder]]);
	for (const [name, count] of Object.entries(counts)) outputs.set(name, String(count));
	for (const { name, path } of documents) {
		const output = PATH_OUTPUTS.get(name);
		if (output !== void 0) outputs.set(output, path);
	}
	return outputs;
}
// src/reports/annotations.ts
/** A runner shows ten of each level for a step. One error is left for the verdict. */
const MOST = {
	error: 9,
	warning: 10,
	notice: 10
};
const LEVELS = {
	critical: "error",
	high: "error",
	medium: "warning",
	low: "warning",
	info: "notice"
};
/**
* The remarks beside lockfile lines: stages that could not be done, then findings that nobody waived, worst first.
*
* @param prefix folder of the checkout within the workspace, with a trailing `/`; empty when it is the workspace.
*   Absent when it lies elsewhere: then remarks have no place
*/
function annotationsOf(report, prefix) {
	const all = [...problemsOf(report), ...report.verdict.findings.filter((finding) => finding.waiver === void 0).map((finding) => annotationOf(finding, prefix))];
	const count = {
		error: 0,
		warning: 0,
		notice: 0
	};
	const shown = all.filter(({ level }) => ++count[level] <= MOST[level]);
	const more = all.length - shown.length;
	if (more === 0) return { shown };
	return {
		shown,
		rest: `${require_run.counted(more, "more finding")} had no room beside the code: see the job summary and report.json`
	};
}
function problemsOf(report) {
	return report.stages.flatMap(({ title, problem }) => problem === void 0 ? [] : [{
		level: "error",
		title: `${title}: not done`,
		message: `${problem.message}. ${problem.remedy} (${problem.code})`
	}]);
}
function annotationOf(finding, prefix) {
	const { rule, severity, message, locations } = finding;
	const [primary] = locations;
	const others = locations.slice(1, 4).map(require_run.placeOf).join(", ");
	const annotation = {
		level: LEVELS[severity],
		title: `${rule.title} (${rule.id}, ${severity})`,
		message: `${message}. ${rule.why} ${rule.remedy}${others === "" ? "" : ` Also at ${others}`}`
	};
	if (primary === void 0 || prefix === void 0) return annotation;
	const { path, line } = primary;
	return {
		...annotation,
		path: prefix + path,
		...line !== void 0 && { line }
	};
}
// src/on-runner.ts
/**
* Most bytes of a step's job summary. The runner's limit is 1 MiB, above which it drops all of it, and it
* counts after it has masked secrets, which makes text longer.
*/
const MAX_SUMMARY_BYTES = 1e6;
/** A run as a step of a workflow. @returns the exit status */
async function onRunner(env) {
	require_run.keepSecretsOutOfReports();
	const console = runnerConsole(env);
	const failed = (error) => {
		const problem = require_errors.problemOf(error);
		const { code, message, remedy } = problem;
		const trace = require_errors.traceOf(error);
		if (trace !== "") console.log.debug(trace);
		console.annotate({
			level: "error",
			title: `Assay: ${code}`,
			message: `${message}. ${remedy}`
		});
		return require_run.exitCodeOfProblem(problem);
	};
	const ending = require_run.endOnSignals({
		asked: (name) => {
			console.log.warning(`Got ${name}: ending with what is known so far`);
		},
		crashed: failed
	});
	try {
		const settings = settingsFrom(env, console);
		return await runWith(runnerHost({
			console,
			env,
			settings,
			signal: ending.signal
		}), settings, ending.signal);
	} catch (error) {
		return failed(error);
	} finally {
		ending.release();
	}
}
function settingsFrom(env, console) {
	const { given, warnings } = inputsIn(env);
	const settings = require_run.settingsOf(given, {
		folder: env["GITHUB_WORKSPACE"] ?? ".",
		out: (0, node_path.join)(env["RUNNER_TEMP"] ?? ".", "assay", safeName(env["GITHUB_ACTION"] ?? "run")),
		uploadArtifact: true,
		...keyIn(env)
	});
	for (const secret of require_run.secretsOf(settings)) console.mask(secret);
	for (const message of warnings) console.annotate({
		level: "warning",
		title: "Assay: unknown input",
		message
	});
	require_run.assertFolder(settings.path);
	return settings;
}
/** cosign's own variables. */
function keyIn({ COSIGN_PRIVATE_KEY: key, COSIGN_PASSWORD: password }) {
	return {
		...key !== void 0 && { signingKey: key },
		...password !== void 0 && { signingKeyPassword: password }
	};
}
/** The id of a step is text from the workflow. */
function safeName(text) {
	return text.replace(/[^A-Za-z0-9_-]/g, "_");
}
async function runWith(host, settings, signal) {
	const done = [];
	const outputs = /* @__PURE__ */ new Map();
	let grouped = false;
	const limit = () => limitOf(outputs);
	const result = await require_run.run({
		host,
		settings,
		signal,
		version: require_run.VERSION,
		render: (report) => require_run.REPORT_FORMATS.map((format) => format.render(report)),
		onStageStart: ({ title }) => {
			host.group(title);
			grouped = true;
		},
		onStageDone(report, given) {
			for (const line of require_run.renderStage(report, require_run.PLAIN_STYLE).split("\n")) if (line !== "") host.log.info(line);
			if (grouped) host.endGroup();
			grouped = false;
			for (const [name, value] of Object.entries(given)) outputs.set(name, value);
			done.push(report);
			host.writeSummary(require_run.renderUnfinished(done, limit()));
			return Promise.resolve();
		}
	});
	host.writeSummary(require_run.renderSummary(result.report, limit()));
	showOutcome(host, settings, result.report);
	for (const [name, value] of [...outputs, ...outputsOf(result, settings.out)]) host.setOutput(name, value);
	return require_run.exitCodeOf(result.report);
}
function limitOf(outputs) {
	const url = outputs.get("artifact-url");
	return {
		maxBytes: MAX_SUMMARY_BYTES,
		rest: url === void 0 ? "summary.md has all of it." : ["All of it is in summary.md of the ", { link: {
			text: "artifact",
			url
		} }]
	};
}
function showOutcome(host, settings, report) {
	for (const line of require_run.renderOutcome(report, require_run.PLAIN_STYLE).split("\n")) host.log.info(line);
	const { shown, rest } = annotationsOf(report, prefixOf(host.env, settings.path));
	for (const annotation of shown) host.annotate(annotation);
	if (rest !== void 0) host.log.info(rest);
	const { conclusion, headline } = report.verdict;
	if (conclusion === "fail") host.annotate({
		level: "error",
		title: "Assay",
		message: headline
	});
}
/** Annotations name files as they lie in the workspace, which may hold several checkouts. */
function prefixOf(env, path) {
	const way = (0, node_path.relative)(env["GITHUB_WORKSPACE"] ?? path, path).replaceAll("\\", "/");
	if (way === "") return "";
	return way.startsWith("..") || (0, node_path.isAbsolute)(way) ? void 0 : `${way}/`;
}
exports.onRunner = onRunner;
