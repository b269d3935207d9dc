import type { SbomInput } from '../../src/formats/sbom.ts'
import type { Component, Lockfile } from '../../src/model/component.ts'
import type { Digest, DigestAlgorithm } from '../../src/model/digest.ts'
import type { Evidence } from '../../src/model/evidence.ts'
import { type Purl, purlOf } from '../../src/model/purl.ts'

/** A component with the usual in every field that is not given. */
export function componentWith(name: string, given: Partial<Component> = {}): Component {
  const version = given.version ?? '1.0.0'
  return {
    purl: purlOf('npm', name, version),
    ecosystem: 'npm',
    name,
    version,
    scope: 'runtime',
    direct: false,
    origin: { kind: 'registry' },
    files: [
      {
        url: `https://registry.example/${name}/-/${name}-${version}.tgz`,
        digests: [digestOf('sha512', name.length)],
        location: { path: 'package-lock.json', line: 7 }
      }
    ],
    licenses: ['MIT'],
    dependsOn: [],
    locations: [{ path: 'package-lock.json', line: 7 }],
    ...given
  }
}

/** An input of these components, all locked by one file and sorted. */
export function inputWith(
  components: readonly Component[],
  given: Partial<SbomInput> = {}
): SbomInput {
  const sorted = components.toSorted((a, b) => (a.purl < b.purl ? -1 : 1))
  return {
    toolVersion: '0.1.0',
    created: { at: '2026-01-02T03:04:05Z', from: 'commit' },
    checkout: {
      name: 'octo/shop',
      repository: 'https://github.com/octo/shop.git',
      commit: '0123456789abcdef0123456789abcdef01234567',
      ref: 'refs/heads/main',
      committedAt: '2026-01-02T03:04:05Z',
      dirty: [],
      dirtyCount: 0,
      submodules: [],
      shallow: false,
      sparse: false
    },
    components: sorted,
    lockfiles: [lockfileOf(sorted)],
    gaps: [],
    unreadable: [],
    evidence: [],
    ...given
  }
}

export function lockfileOf(components: readonly Component[], path = 'package-lock.json'): Lockfile {
  return {
    path,
    ecosystem: 'npm',
    format: 'npm',
    fixture: false,
    direct: components.filter(({ direct }) => direct).map(({ purl }) => purl),
    components: components.map(({ purl }) => purl)
  }
}

const HEX_LENGTHS = { sha1: 40, sha256: 64, sha512: 128, h1: 64, sha224: 56 } as const

/** Some digest; another for each seed. */
export function digestOf(algorithm: DigestAlgorithm & keyof typeof HEX_LENGTHS, seed = 0): Digest {
  return { algorithm, hex: (seed + 1).toString(16).padStart(HEX_LENGTHS[algorithm], '0') }
}

export function evidenceOf(subject: Purl, given: Partial<Evidence> = {}): Evidence {
  return {
    subject,
    kind: 'digest',
    outcome: 'verified',
    source: 'https://registry.example/x.tgz',
    observed: digestOf('sha512'),
    observedAt: '2026-01-02T03:04:06Z',
    detail: 'equal after 12 ms',
    ...given
  }
}

const NASTY = [
  '::error::x\n::set-output name=a::b',
  '](javascript:alert(1))<img src=x onerror=alert(1)>',
  '`$(id)`\u202e\u200b\u001b[31m\u0000\u007f\u0085',
  'half \ud800 character',
  '__proto__',
  'constructor',
  '"quoted" \\ back|pipe^[brackets]{braces}%zz',
  ' ',
  'n'.repeat(1_000_000)
]

/** Components that attack whoever reads them. */
function hostileComponents(): readonly Component[] {
  return NASTY.map((text, index) =>
    componentWith(text, {
      direct: true,
      version: index % 2 === 0 ? '1.0.0' : text,
      purl: purlOf('npm', text, '1.0.0'),
      origin: [
        { kind: 'git' as const, url: `https://user:secret@git.acme.test/${text}`, commit: text },
        { kind: 'archive' as const, url: `https://git.acme.test/${text}?token=secret#${text}` },
        { kind: 'archive' as const, url: text },
        { kind: 'local' as const, path: text }
      ][index % 4] ?? { kind: 'registry' },
      files: [
        { name: text, url: text, digests: [digestOf('sha256')], location: { path: text } },
        { name: text, digests: [digestOf('sha256', 1)], location: { path: text, line: 1 } }
      ],
      licenses: [text, 'MIT', `(${text})`],
      platform: { os: [text], cpu: [text], libc: [text], marker: text },
      locations: [{ path: text, line: 3 }],
      dependsOn: NASTY.map((name) => purlOf('npm', name, '1.0.0')).sort()
    })
  )
}

function npmGraph(): SbomInput {
  const [a, b, c, d] = ['a', 'b', 'c', '@s/d'].map((name) => purlOf('npm', name, '1.0.0')) as [
    Purl,
    Purl,
    Purl,
    Purl
  ]
  return inputWith(
    [
      componentWith('a', { direct: true, dependsOn: [d, b], licenses: ['(MIT OR Apache-2.0)'] }),
      componentWith('b', { dependsOn: [c], licenses: [] }),
      componentWith('c', { dependsOn: [b], licenses: ['ISC', 'LicenseRef-Acme'] }),
      componentWith('@s/d', { scope: 'optional', direct: true, licenses: ['SEE LICENSE IN X'] }),
      componentWith('e', { scope: 'development', direct: true, licenses: ['MIT', 'Apache 2'] })
    ],
    { evidence: [evidenceOf(a), evidenceOf(b, { outcome: 'contradicted' })] }
  )
}

function pythonFiles(): SbomInput {
  const purl = purlOf('pypi', 'numpy', '2.0.0')
  const wheels = ['numpy-2.0.0.tar.gz', 'numpy-2.0.0-cp312-linux.whl'].map((name, index) => ({
    name,
    url: `https://files.example/${name}`,
    digests: [digestOf('sha256', index)],
    location: { path: 'uv.lock', line: 12 + index }
  }))
  return inputWith([
    componentWith('numpy', {
      purl,
      ecosystem: 'PyPI',
      version: '2.0.0',
      direct: true,
      licenses: ['BSD-3-Clause'],
      platform: { marker: "python_version >= '3.10'; x" },
      files: wheels
    }),
    componentWith('bare', {
      files: [
        { digests: [digestOf('sha256', 5)], location: { path: 'requirements.txt', line: 1 } },
        { digests: [digestOf('sha256', 6)], location: { path: 'requirements.txt', line: 2 } }
      ],
      edges: 'unknown'
    }),
    componentWith('either', {
      files: [
        {
          digests: [digestOf('sha512', 1), digestOf('sha512', 2), digestOf('sha1', 1)],
          location: { path: 'package-lock.json' }
        }
      ]
    }),
    componentWith('old', {
      files: [{ digests: [digestOf('sha224')], location: { path: 'requirements.txt', line: 9 } }]
    })
  ])
}

function goModules(): SbomInput {
  const purl = purlOf('golang', 'golang.org/x/mod', 'v0.1.0')
  return inputWith(
    [
      componentWith('golang.org/x/mod', {
        purl,
        ecosystem: 'Go',
        version: 'v0.1.0',
        direct: true,
        edges: 'unknown',
        licenses: [],
        files: [
          {
            name: 'v0.1.0.mod',
            digests: [digestOf('h1', 1)],
            location: { path: 'go.sum', line: 2 }
          },
          { name: 'v0.1.0.zip', digests: [digestOf('h1')], location: { path: 'go.sum', line: 1 } }
        ]
      })
    ],
    {
      evidence: [
        evidenceOf(purl, { kind: 'inclusion-proof', file: 'v0.1.0.zip', observed: digestOf('h1') }),
        evidenceOf(purl, { file: 'v0.1.0.zip', observed: digestOf('h1') })
      ]
    }
  )
}

function origins(): SbomInput {
  return inputWith([
    componentWith('scp', {
      origin: { kind: 'git', url: 'git@git.acme.test:o/r.git', commit: 'abc123' },
      files: []
    }),
    componentWith('https', {
      origin: { kind: 'git', url: 'https://u:p@git.acme.test/o/r?x=1' },
      files: []
    }),
    componentWith('workspace', {
      origin: { kind: 'local', path: 'packages/workspace' },
      files: []
    }),
    componentWith('archive', {
      origin: { kind: 'archive', url: 'https://git.acme.test/a.tgz?token=secret' },
      files: [{ digests: [digestOf('sha256')], location: { path: 'package-lock.json' } }]
    }),
    componentWith('file', { origin: { kind: 'archive', url: 'file:../x.tgz' }, files: [] }),
    componentWith('mirror', { origin: { kind: 'registry', url: 'https://mirror.example/npm/' } })
  ])
}

function gaps(): SbomInput {
  const components = [
    componentWith('a', { direct: true }),
    componentWith('fixture', { fixture: true })
  ]
  const base = inputWith(components)
  return {
    ...base,
    checkout: {
      ...base.checkout,
      folder: 'packages/web app',
      sparse: true,
      shallow: true,
      dirty: ['a b', 'c'],
      dirtyCount: 2,
      submodules: [{ path: 'lib', commit: 'f'.repeat(40), missing: true }],
      base: { commit: 'e'.repeat(40), ref: 'refs/heads/main', source: 'git' }
    },
    lockfiles: [
      lockfileOf(components.slice(0, 1)),
      { ...lockfileOf(components.slice(1), 'test/fixtures/package-lock.json'), fixture: true }
    ],
    gaps: [
      { name: 'x', reason: 'version is a range', location: { path: 'package-lock.json', line: 4 } }
    ],
    unreadable: ['broken/Cargo.lock']
  }
}

/** As many components as asked for, each with three dependencies where there are so many. */
export function syntheticInput(count: number): SbomInput {
  return inputWith(
    Array.from({ length: count }, (_, index) =>
      componentWith(nameAt(index), {
        direct: index < 10,
        files: [
          {
            url: `https://registry.example/package-${index}/-/package-${index}-1.0.0.tgz`,
            digests: [digestOf('sha512', index)],
            location: { path: 'package-lock.json', line: index * 8 }
          }
        ],
        dependsOn: [index + 1, index + 7, index + 50]
          .filter((at) => at < count)
          .map((at) => purlOf('npm', nameAt(at), '1.0.0'))
      })
    )
  )
}

function nameAt(index: number): string {
  return `package-${String(index).padStart(6, '0')}`
}

/** Everything that somebody else chooses is an attack. */
export function hostileInput(): SbomInput {
  return inputWith(hostileComponents(), {
    checkout: {
      name: NASTY.join('/'),
      repository: `https://git.acme.test/${NASTY[0]}`,
      commit: NASTY[1] ?? '',
      ref: NASTY[2] ?? '',
      folder: NASTY[3] ?? '',
      dirty: NASTY,
      dirtyCount: NASTY.length,
      submodules: NASTY.map((path) => ({ path, commit: path, missing: true })),
      shallow: false,
      sparse: false
    },
    gaps: NASTY.map((name) => ({ name, reason: name, location: { path: name } })),
    unreadable: NASTY,
    evidence: hostileComponents().map(({ purl, name }) =>
      evidenceOf(purl, { file: name, source: name, detail: name })
    )
  })
}

/** Every kind of input that the formats must write validly. */
export const SBOM_CASES: Readonly<Record<string, () => SbomInput>> = {
  empty: () =>
    inputWith([], {
      created: { at: '1980-01-01T00:00:00Z', from: 'fallback' },
      checkout: {
        name: 'folder',
        dirty: [],
        dirtyCount: 0,
        dirtyUnknown: 'no git',
        submodules: [],
        shallow: false,
        sparse: false
      },
      lockfiles: []
    }),
  'npm-graph': npmGraph,
  'python-files': pythonFiles,
  'go-modules': goModules,
  origins,
  gaps,
  hostile: hostileInput,
  'a-thousand': () => syntheticInput(1000)
}
