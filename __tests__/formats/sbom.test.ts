import { beforeAll, describe, expect, it } from '@jest/globals'
import { cyclonedxOf } from '../../src/formats/cyclonedx.ts'
import { type SbomInput, sbomFactsOf } from '../../src/formats/sbom.ts'
import { spdxOf } from '../../src/formats/spdx.ts'
import { textOf } from '../support/document-text.ts'
import { expectGolden } from '../support/golden.ts'
import {
  componentWith,
  evidenceOf,
  inputWith,
  SBOM_CASES,
  syntheticInput
} from '../support/sbom-cases.ts'
import {
  cyclonedxProblem,
  hasSpdxTools,
  largeCyclonedxProblem,
  SPDX_TOOLS_MISSING,
  spdxSchemaCheck,
  spdxToolsProblems
} from '../support/sbom-schemas.ts'

interface CycloneDx {
  readonly serialNumber: string
  readonly metadata: { readonly component: { readonly 'bom-ref': string } }
  readonly components: readonly { readonly 'bom-ref': string; readonly purl?: string }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
  readonly compositions: readonly {
    readonly aggregate: string
    readonly assemblies?: readonly string[]
    readonly dependencies: readonly string[]
  }[]
}

interface Spdx {
  readonly documentNamespace: string
  readonly packages: readonly {
    readonly SPDXID: string
    readonly licenseDeclared: string
    readonly externalRefs?: readonly {
      readonly referenceType: string
      readonly referenceLocator: string
    }[]
  }[]
  readonly hasExtractedLicensingInfos: readonly { readonly licenseId: string }[]
  readonly relationships: readonly {
    readonly spdxElementId: string
    readonly relationshipType: string
    readonly relatedSpdxElement: string
  }[]
}

const cases = Object.entries(SBOM_CASES)

/** The validators take half a minute for a thousand components. */
const small = cases.filter(([name]) => name !== 'a-thousand')

describe.each(cases)('%s', (_name, inputOf) => {
  it('gives the same bytes each time, whatever came first and whenever it was looked at', () => {
    const input = inputOf()
    const evidence = input.evidence
      .map((item) => ({ ...item, observedAt: '2027-01-01T00:00:00Z', detail: 'slower' }))
      .toReversed()

    expect(cyclonedxText({ ...input, evidence })).toBe(cyclonedxText(inputOf()))
    expect(spdxText({ ...input, evidence })).toBe(spdxText(inputOf()))
  })

  it('has the edges of the inventory and no others, in CycloneDX', () => {
    const input = inputOf()
    const bom = cyclonedxIn(input)
    const refs = new Set(bom.components.map((component) => component['bom-ref']))
    const root = bom.metadata.component['bom-ref']
    const edges = bom.dependencies.flatMap(({ ref, dependsOn }) =>
      dependsOn.map((to) => [ref, to] as const)
    )

    expect(refs.size).toBe(input.components.length)
    expect(refs).not.toContain(root)
    expect(new Set(bom.dependencies.map(({ ref }) => ref)).size).toBe(bom.dependencies.length)
    expect(
      edges.filter(([from, to]) => !(refs.has(from) || from === root) || !refs.has(to))
    ).toEqual([])
    expect(countsOf(edges)).toEqual(
      countsOf(
        edgesOf(
          input,
          root,
          bom.components.map((component) => component['bom-ref'])
        )
      )
    )
  })

  it('has the edges of the inventory and no others, in SPDX', () => {
    const input = inputOf()
    const document = spdxIn(input)
    const [root, ...packages] = document.packages.map(({ SPDXID }) => SPDXID)
    const ids = new Set([root, ...packages])
    const edges = document.relationships
      .filter(({ relationshipType }) => relationshipType === 'DEPENDS_ON')
      .filter(({ relatedSpdxElement: to }) => to !== 'NONE' && to !== 'NOASSERTION')
      .map(({ spdxElementId, relatedSpdxElement }) => [spdxElementId, relatedSpdxElement] as const)

    expect(ids.size).toBe(input.components.length + 1)
    expect(edges.filter(([from, to]) => !ids.has(from) || !ids.has(to))).toEqual([])
    expect(countsOf(edges)).toEqual(countsOf(edgesOf(input, root ?? '', packages)))
    expect([...ids].filter((id) => !/^SPDXRef-[A-Za-z0-9.-]+$/.test(id ?? ''))).toEqual([])
  })

  it('explains every licence reference, once', () => {
    const document = spdxIn(inputOf())
    const used = document.packages.flatMap(
      ({ licenseDeclared }) => licenseDeclared.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? []
    )
    const explained = document.hasExtractedLicensingInfos.map(({ licenseId }) => licenseId)

    expect(explained.toSorted()).toEqual([...new Set(used)].sort())
  })

  it('says of every component how complete its dependencies are, once', () => {
    const bom = cyclonedxIn(inputOf())
    const refs = [bom.metadata.component, ...bom.components].map((item) => item['bom-ref'])
    const told = bom.compositions.flatMap(({ dependencies }) => dependencies)

    expect(told.toSorted()).toEqual(refs.toSorted())
  })

  it('is written in small pieces', () => {
    const facts = sbomFactsOf(inputOf())

    for (const document of [cyclonedxOf(facts), spdxOf(facts)]) {
      const longest = Math.max(...[...document.chunks()].map((chunk) => chunk.length))
      expect(longest).toBeLessThan(64 * 1024)
    }
  })
})

it.each(small.filter(([name]) => name !== 'hostile'))('%s reads as reviewed', (name, inputOf) => {
  const path = `${import.meta.dirname}/../fixtures/formats/sbom/${name}`
  expectGolden(`${path}.cdx.json`, cyclonedxText(inputOf()))
  expectGolden(`${path}.spdx.json`, spdxText(inputOf()))
})

it.each(small)('%s is valid for the validator of the CycloneDX project', async (_name, inputOf) => {
  expect(await cyclonedxProblem(cyclonedxText(inputOf()))).toBeUndefined()
})

it('a-thousand is valid by the official schema of CycloneDX', () => {
  expect(largeCyclonedxProblem(cyclonedxText(syntheticInput(1000)))).toBeUndefined()
}, 60_000)

beforeAll(() => {
  if (!hasSpdxTools) process.emitWarning(SPDX_TOOLS_MISSING)
})

const describeSpdx = hasSpdxTools ? describe : describe.skip

describeSpdx('SPDX', () => {
  it('is valid by the official schema', () => {
    const problemOf = spdxSchemaCheck()
    const problems = cases.map(([name, inputOf]) => [name, problemOf(spdxText(inputOf()))])

    expect(problems).toEqual(cases.map(([name]) => [name, undefined]))
  })

  it('is valid for the tools of the SPDX project', () => {
    const texts = Object.fromEntries(small.map(([name, inputOf]) => [name, spdxText(inputOf())]))

    expect(spdxToolsProblems(texts)).toBe('')
  }, 120_000)

  it('would not be, were it wrong', () => {
    const broken = spdxText(inputWith([])).replace('CC0-1.0', 'MIT')

    expect(spdxToolsProblems({ broken })).toContain('data_license')
  }, 120_000)
})

describe('both formats', () => {
  it('carry no credential, query or fragment of an address, and no control character', () => {
    for (const name of ['hostile', 'origins']) {
      const input = SBOM_CASES[name]?.() ?? inputWith([])
      for (const text of [cyclonedxText(input), spdxText(input)]) {
        expect(text).not.toContain('secret')
        expect(text.replaceAll(/[\n]|\\n(?=assay:)/g, '')).not.toMatch(/\p{Cc}|\\u00|\\[nrtbf]/u)
        expect(text.isWellFormed()).toBe(true)
        expect(text.length).toBeLessThan(300_000)
      }
    }
  })

  it('never state the hash of a Go directory as the hash of a file', () => {
    const input = SBOM_CASES['go-modules']?.() ?? inputWith([])

    expect(cyclonedxText(input)).not.toContain('"hashes"')
    expect(cyclonedxText(input)).toContain(
      '{"name":"assay:go:h1","value":"v0.1.0.zip h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE="}'
    )
    expect(spdxText(input)).not.toContain('"checksums"')
    expect(spdxText(input)).toContain('assay:go:h1=v0.1.0.zip h1:')
  })

  it('get another identity when anything that they say changes', () => {
    const inputs = [
      inputWith([componentWith('a')]),
      inputWith([componentWith('b')]),
      inputWith([componentWith('a', { licenses: ['ISC'] })]),
      inputWith([componentWith('a')], { evidence: [evidenceOf(componentWith('a').purl)] }),
      inputWith([componentWith('a')], { created: { at: '2026-01-02T03:04:06Z', from: 'commit' } }),
      inputWith([componentWith('a')], { unreadable: ['x'] }),
      inputWith([componentWith('a')], { toolVersion: '0.1.1' })
    ]
    const ids = inputs.flatMap((input) => [
      cyclonedxIn(input).serialNumber,
      spdxIn(input).documentNamespace.slice(-36)
    ])

    expect(new Set(ids.map((id) => id.slice(-36))).size).toBe(inputs.length * 2)
  })

  it('have as many elements as the inventory at any size', () => {
    const input = syntheticInput(3000)

    expect(cyclonedxIn(input).components.length).toBe(3000)
    expect(spdxIn(input).packages.length).toBe(3001)
  })

  it.each([
    [[], 'unchecked'],
    [[{}], 'verified'],
    [[{ kind: 'index-digest' as const }], 'index-verified'],
    [[{}, { kind: 'index-digest' as const }], 'verified'],
    [[{}, { outcome: 'absent' as const }], 'absent'],
    [[{}, { outcome: 'absent' as const }, { outcome: 'unavailable' as const }], 'unavailable'],
    [[{ outcome: 'unavailable' as const }, { outcome: 'contradicted' as const }], 'contradicted'],
    [[{ kind: 'signature' as const }], 'unchecked'],
    [[{}, { kind: 'signature' as const, outcome: 'absent' as const }], 'verified'],
    [[{}, { kind: 'attestation' as const, outcome: 'contradicted' as const }], 'contradicted']
  ])('say of %j: %s', (given, verification) => {
    const { purl } = componentWith('a')
    const evidence = given.map((item) => evidenceOf(purl, item))
    const input = inputWith([componentWith('a')], { evidence })

    expect(cyclonedxText(input)).toContain(
      `{"name":"assay:verification","value":"${verification}"}`
    )
    expect(spdxText(input)).toMatch(new RegExp(`assay:verification=${verification}(?:\\\\n|")`))
  })

  it('leave out the edge to a component that is not there, and say that something is missing', () => {
    const gone = componentWith('gone').purl
    const input = inputWith([componentWith('a', { dependsOn: [gone] })])

    expect(cyclonedxIn(input).dependencies).toEqual([
      { ref: 'checkout', dependsOn: [] },
      { ref: 'pkg:npm/a@1.0.0', dependsOn: [] }
    ])
    expect(cyclonedxIn(input).compositions).toEqual([
      { aggregate: 'complete', assemblies: ['checkout'], dependencies: ['checkout'] },
      { aggregate: 'incomplete', dependencies: ['pkg:npm/a@1.0.0'] }
    ])
    expect(spdxText(input)).toContain('"relatedSpdxElement":"NOASSERTION"')
  })
})

function cyclonedxText(input: SbomInput): string {
  return textOf(cyclonedxOf(sbomFactsOf(input)))
}

function spdxText(input: SbomInput): string {
  return textOf(spdxOf(sbomFactsOf(input)))
}

function cyclonedxIn(input: SbomInput): CycloneDx {
  return JSON.parse(cyclonedxText(input)) as CycloneDx
}

function spdxIn(input: SbomInput): Spdx {
  return JSON.parse(spdxText(input)) as Spdx
}

/** Edges of the inventory, in the words of a document whose components have these ids, in order. */
function edgesOf(
  input: SbomInput,
  root: string,
  ids: readonly string[]
): readonly (readonly [string, string])[] {
  const idOf = new Map(input.components.map(({ purl }, index) => [purl, ids[index] ?? '']))
  const ours = input.lockfiles.filter(({ fixture }) => !fixture)
  return [
    ...ours.flatMap(({ direct }) => direct.map((to) => [root, idOf.get(to) ?? ''] as const)),
    ...input.components.flatMap(({ purl, dependsOn }) =>
      dependsOn.map((to) => [idOf.get(purl) ?? '', idOf.get(to) ?? ''] as const)
    )
  ]
}

function countsOf(edges: readonly (readonly [string, string])[]): readonly string[] {
  return edges.map(([from, to]) => `${from} ${to}`).sort()
}
