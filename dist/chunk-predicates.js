require("./chunk-rolldown-runtime.js");
const require_in_toto = require("./chunk-in-toto.js");
const require_slsa = require("./chunk-slsa.js");
const require_finding = require("./chunk-finding.js");
const require_github_oidc = require("./chunk-github-oidc.js");
const require_run = require("./chunk-run.js");
const require_errors = require("./chunk-errors.js");
// src/formats/slsa-provenance.ts
/** What the fields of the provenance mean. @see https://actions.github.io/buildtypes/workflow/v1 */
const BUILD_TYPE = "https://actions.github.io/buildtypes/workflow/v1";
/** Where the provenance says what is not from the verified token. */
const INPUTS_AT = "externalParameters.inputs";
/**
* SLSA provenance of version 1, field by field as GitHub's own: `externalParameters.inputs` of a run that was started
* by hand, and the builder's commit of a reusable workflow, are added.
*
* @see https://slsa.dev/spec/v1.2/build-provenance
*/
function slsaProvenance(facts) {
	const { claims, server, inputs } = facts;
	const { uri, commit } = sourceOf(facts);
	return {
		buildDefinition: {
			buildType: BUILD_TYPE,
			externalParameters: {
				workflow: {
					ref: claims.ref,
					repository: `${server}/${claims.repository}`,
					path: workflowPathOf(claims)
				},
				...inputs && { inputs }
			},
			internalParameters: {
				github: {
					event_name: claims.eventName,
					repository_id: claims.repositoryId,
					repository_owner_id: claims.repositoryOwnerId,
					runner_environment: claims.runnerEnvironment
				},
				...inputs && { assay_notFromToken: [INPUTS_AT] }
			},
			resolvedDependencies: [{
				uri,
				digest: { gitCommit: commit }
			}]
		},
		runDetails: {
			builder: {
				id: builderOf(facts),
				...builderDependenciesOf(facts)
			},
			metadata: { invocationId: invocationOf(facts) }
		}
	};
}
/**
* SLSA provenance of version 0.2, for verifiers that read no other.
*
* @see https://slsa.dev/spec/v0.2/provenance
*/
function slsaProvenance02(facts) {
	const { claims, inputs } = facts;
	const { uri, commit } = sourceOf(facts);
	const digest = commit.length === 64 ? { sha256: commit } : { sha1: commit };
	return {
		builder: { id: builderOf(facts) },
		buildType: BUILD_TYPE,
		invocation: {
			configSource: {
				uri,
				digest,
				entryPoint: workflowPathOf(claims)
			},
			parameters: inputs ? { inputs } : {},
			environment: {
				github_event_name: claims.eventName,
				github_repository_id: claims.repositoryId,
				github_repository_owner_id: claims.repositoryOwnerId,
				github_runner_environment: claims.runnerEnvironment,
				...inputs && { assay_notFromToken: ["parameters.inputs"] }
			}
		},
		metadata: {
			buildInvocationId: invocationOf(facts),
			completeness: {
				parameters: false,
				environment: false,
				materials: false
			},
			reproducible: false
		},
		materials: [{
			uri,
			digest
		}]
	};
}
function sourceOf({ claims, server }) {
	return {
		uri: `git+${server}/${claims.repository}@${claims.ref}`,
		commit: claims.sha
	};
}
/** The workflow that the job stands in: what a certificate for this job is for, too. */
function builderOf({ claims, server }) {
	return `${server}/${claims.jobWorkflowRef}`;
}
/** The ref of a reusable workflow can be moved; its commit cannot. */
function builderDependenciesOf({ claims, server }) {
	const { jobWorkflowRef, workflowRef, jobWorkflowSha } = claims;
	if (jobWorkflowRef === workflowRef) return {};
	const [path, ref] = splitAt(jobWorkflowRef);
	return { builderDependencies: [{
		uri: `git+${server}/${path.split("/").slice(0, 2).join("/")}@${ref}`,
		digest: { gitCommit: jobWorkflowSha }
	}] };
}
function invocationOf({ claims, server }) {
	const { repository, runId, runAttempt } = claims;
	return `${server}/${repository}/actions/runs/${runId}/attempts/${runAttempt}`;
}
/** `.github/workflows/release.yml` of `octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main` */
function workflowPathOf({ workflowRef }) {
	const [path] = splitAt(workflowRef);
	return path.split("/").slice(2).join("/");
}
/** Refs may have an `@` of their own: paths of workflows have none. */
function splitAt(workflowRef) {
	const at = workflowRef.indexOf("@");
	return [workflowRef.slice(0, at), workflowRef.slice(at + 1)];
}
// src/stages/provenance/event.ts
/** GitHub cuts the payload of an event at 25 MB. */
const MAX_EVENT_BYTES = 33554432;
/** Most inputs, and most characters of them: above what GitHub takes. */
const MAX_INPUTS = 100;
const MAX_INPUT_CHARACTERS = 131072;
/**
* Reads with which inputs a run was started by hand. Which event it was, and whether the payload is that of this run,
* is held to the token: the payload lies in a file that every step of the job can write.
*
* @see https://docs.github.com/en/webhooks/webhook-events-and-payloads#workflow_dispatch
*/
function startedBy({ env, readMachineText }, claims) {
	if (claims.eventName !== "workflow_dispatch") return { kind: "known" };
	const event = payloadIn(env["GITHUB_EVENT_PATH"] ?? "", readMachineText);
	if (typeof event === "string") return {
		kind: "unknown",
		why: event
	};
	const why = contradiction(event, claims);
	if (why !== void 0) return {
		kind: "contradicted",
		why
	};
	const inputs = inputsIn(event["inputs"]);
	if (typeof inputs === "string") return {
		kind: "unknown",
		why: inputs
	};
	return {
		kind: "known",
		...inputs && { inputs }
	};
}
function payloadIn(path, read) {
	try {
		const text = read(path, MAX_EVENT_BYTES);
		if (text === void 0) return "there is no file with the payload of the event";
		return require_run.jsonObjectOf(JSON.parse(text)) ?? "the payload of the event is no JSON object";
	} catch (error) {
		return `the payload of the event cannot be read: ${require_errors.messageOf(error)}`;
	}
}
/** @returns what differs from the token, as text */
function contradiction(event, claims) {
	const { ref } = event;
	const { id, full_name: name } = require_run.jsonObjectOf(event["repository"]) ?? {};
	if (String(id) !== claims.repositoryId) return `it is of the repository ${shown(name)} with the id ${shown(id)}, the token is of ${claims.repository} with the id ${claims.repositoryId}`;
	if (ref !== claims.ref) return `it is of the ref ${shown(ref)}, the token is of "${claims.ref}"`;
}
/** @returns nothing when there are none; why they cannot be stated, as text */
function inputsIn(value) {
	if (value === void 0 || value === null) return void 0;
	const object = require_run.jsonObjectOf(value);
	if (object === void 0) return "the inputs in the payload of the event are no object";
	const entries = Object.entries(object);
	if (entries.length === 0) return void 0;
	const plain = entries.flatMap(([name, item]) => isPlain(item) ? [[name, item]] : []);
	if (plain.length < entries.length) return "an input in the payload of the event is no plain value";
	if (plain.length > MAX_INPUTS || JSON.stringify(plain).length > MAX_INPUT_CHARACTERS) return "the inputs in the payload of the event are more than GitHub takes";
	return Object.fromEntries(plain.sort(([a], [b]) => a < b ? -1 : 1));
}
function isPlain(value) {
	return [
		"string",
		"number",
		"boolean"
	].includes(typeof value);
}
function shown(value) {
	if (typeof value === "number") return `${value}`;
	return typeof value === "string" ? `"${value.slice(0, 200)}"` : "unknown";
}
// src/stages/provenance/level.ts
/**
* What may be claimed of a build, from what its code host says and from who signs. Never more than what holds for a
* verifier who knows nothing besides: that a reusable workflow keeps the build away from its identity is known by
* whoever read that workflow, not by the workflow itself.
*
* @see https://slsa.dev/spec/v1.2/build-requirements
*/
function levelOf(claims, { mode, key }) {
	const { jobWorkflowRef, workflowRef, runnerEnvironment } = claims;
	if (mode === "key" || mode === "auto" && key !== void 0) return {
		level: 1,
		because: "it is signed with a key that steps of this job can use, not by the build platform"
	};
	if (runnerEnvironment !== "github-hosted") return {
		level: 1,
		because: `the runner is ${runnerEnvironment}: who keeps it could have changed what was built`,
		higher: "Level 2 is for verifiers to conclude who know how this runner is kept"
	};
	if (jobWorkflowRef === workflowRef) return {
		level: 2,
		because: "the build platform vouches for the workflow and its commit, but every step of this job could have signed something else",
		higher: "Level 3 needs the build and the signing to be in jobs of a reusable workflow: see docs/slsa.md"
	};
	return {
		level: 2,
		because: `the build platform vouches for the reusable workflow ${jobWorkflowRef} and for its caller`,
		higher: `Level 3 is for verifiers to conclude who accept this reusable workflow alone, and know that it builds in a job that cannot sign: see docs/slsa.md`
	};
}
// src/stages/provenance/build.ts
/**
* Finds out which run this is: from the token of the code host, never from the environment.
*
* @returns why nobody knows, as text without a final period
* @throws ServiceError when a token can be had, and cannot be verified
*/
async function buildOf(context, where) {
	const { host, settings, signal } = context;
	if (host.idTokens === void 0) return host.env["GITHUB_ACTIONS"] === "true" ? "this job may not ask the code host who it is: it has no `id-token: write`" : "there is no code host to ask: this is no job of a workflow";
	const { idTokens } = host;
	const issuer = settings.sigstore.oidcIssuer;
	const claims = await require_github_oidc.workflowClaims({
		host,
		idTokens,
		signal,
		issuer
	});
	const started = startedBy(host, claims);
	const facts = {
		claims,
		server: serverOf(issuer, host.env["GITHUB_SERVER_URL"])
	};
	const about = { subject: `run ${claims.runId}` };
	const findings = [
		...started.kind === "contradicted" ? [require_finding.findingOf(require_run.EVENT_CONTRADICTS, {
			...about,
			message: `The payload of the event is of another run: ${started.why}`
		})] : [],
		...started.kind === "unknown" ? [require_finding.findingOf(require_run.EVENT_UNREADABLE, {
			...about,
			message: `The inputs of this run are unknown: ${started.why}`
		})] : [],
		...otherCommit(where, claims)
	];
	const inputs = started.kind === "known" ? started.inputs : void 0;
	return {
		facts: {
			...facts,
			...inputs && { inputs }
		},
		level: levelOf(claims, settings.sign),
		findings
	};
}
function otherCommit({ commit }, { sha }) {
	if (commit === void 0 || commit === sha) return [];
	const message = `The checkout is of commit ${commit}, and the run, which provenance names, is for ${sha}`;
	return [require_finding.findingOf(require_run.OTHER_COMMIT, {
		subject: commit,
		message
	})];
}
/**
* The address of the code host whose tokens these are. The issuer was verified, the environment was not: it counts
* only for issuers that do not say whose they are.
*/
function serverOf(issuer, fallback) {
	const { protocol, host, pathname, origin } = new URL(issuer);
	if (host === "token.actions.githubusercontent.com") return "https://github.com";
	const tenant = /^token\.actions\.([\w-]+\.ghe\.com)$/.exec(host)?.[1];
	if (tenant !== void 0) return `${protocol}//${tenant}`;
	if (pathname.startsWith("/_services/token")) return origin;
	return fallback !== void 0 && URL.canParse(fallback) ? new URL(fallback).origin : origin;
}
// src/stages/provenance/predicates.ts
/** UTF-16 units of a piece of an SBOM that is kept. */
const PIECE_UNITS = 65536;
/**
* Makes everything that was asked for, but for the verdict: nobody knows it yet.
*
* @throws ServiceError when the token of the job cannot be verified
*/
async function makePredicates(context, { checkout, sboms }) {
	const kinds = context.settings.sign.statements;
	const build = kinds.some((kind) => kind.startsWith("provenance")) ? await buildOf(context, checkout) : void 0;
	const known = typeof build === "string" ? void 0 : build;
	const list = [];
	const missing = [];
	for (const kind of kinds) {
		const made = kind === "verdict" ? void 0 : predicateOf(kind, sboms, known);
		if (made) list.push(made);
		else if (kind !== "verdict" && typeof build === "string") missing.push({
			kind,
			reason: build
		});
	}
	return {
		predicates: {
			list,
			missing,
			...known && {
				level: known.level,
				claims: known.facts.claims
			}
		},
		findings: [...missing.map(missingFinding), ...known?.findings ?? []]
	};
}
/** @returns nothing for what a token is needed for, where there is none */
function predicateOf(kind, { spdx, cyclonedx }, build) {
	if (kind === "spdx" || kind === "cyclonedx") {
		const document = kind === "spdx" ? spdx : cyclonedx;
		return {
			kind,
			predicateType: require_in_toto.SBOM_PREDICATES[kind],
			chunks: renderedOnce(document)
		};
	}
	if (build === void 0) return void 0;
	return kind === "provenance" ? inOnePiece(kind, require_slsa.SLSA_PROVENANCE.v1, slsaProvenance(build.facts)) : inOnePiece(kind, require_slsa.SLSA_PROVENANCE.v02, slsaProvenance02(build.facts));
}
/**
* An SBOM goes into the statements about every subject, and each of these is written again for whatever it is compared
* with: rendering it each time took a third of the time that signing takes.
*/
function renderedOnce(document) {
	let kept;
	return () => kept ??= piecesOf(document.chunks());
}
/** In few pieces: what is done for each of them adds up. */
function piecesOf(chunks) {
	const pieces = [];
	let batch = [];
	let units = 0;
	for (const chunk of chunks) {
		batch.push(chunk);
		units += chunk.length;
		if (units < PIECE_UNITS) continue;
		pieces.push(batch.join(""));
		batch = [];
		units = 0;
	}
	return [...pieces, batch.join("")];
}
function inOnePiece(kind, predicateType, predicate) {
	const text = JSON.stringify(predicate);
	return {
		kind,
		predicateType,
		chunks: () => [text]
	};
}
function missingFinding({ kind, reason }) {
	return require_finding.findingOf(require_run.MISSING$1, {
		subject: kind,
		message: `"${kind}" cannot be stated: ${reason}`
	});
}
exports.makePredicates = makePredicates;
