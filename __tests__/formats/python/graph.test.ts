import { expect, it } from '@jest/globals'
import { cpuMs } from '../../support/cpu-time.ts'
import { type GraphEdge, type GraphNode, reachFrom } from '../../../src/formats/python/graph.ts'

it('takes the widest scope, and follows only the extras that somebody asks for', () => {
  const nodes = new Map([
    ['app', node([to('lib', 'fast')])],
    ['lib', node([], { fast: [to('speedups')], slow: [to('never')] })],
    ['speedups', node([])],
    ['never', node([])],
    ['tests', node([to('lib')])]
  ])

  const reached = reachFrom(
    [
      { ...to('tests'), scope: 'development' },
      { ...to('app'), scope: 'optional' }
    ],
    nodes
  )

  expect(Object.fromEntries([...reached].map(([key, { scope }]) => [key, scope]))).toEqual({
    app: 'optional',
    lib: 'optional',
    speedups: 'optional',
    tests: 'development'
  })
  expect(reached.get('lib')?.extras).toEqual(new Set(['fast']))
})

it('joins the markers on every way to a package', () => {
  const nodes = new Map([
    ['click', node([when("os_name == 'nt'", 'colorama')])],
    ['old', node([when("python_version < '3'", 'colorama'), to('both')])],
    ['colorama', node([to('both')])],
    ['both', node([])]
  ])

  const reached = reachFrom(
    [
      { ...to('click'), scope: 'runtime' },
      { ...when("extra == 'x'", 'old'), scope: 'runtime' }
    ],
    nodes
  )

  expect(reached.get('click')?.marker).toBeUndefined()
  expect(reached.get('colorama')?.marker).toBe(
    "os_name == 'nt' or (extra == 'x' and python_version < '3')"
  )
  expect(reached.get('both')?.marker).toBe("extra == 'x' or os_name == 'nt'")
})

it('ends in cycles, and is unconditional where one way is', () => {
  const nodes = new Map([
    ['a', node([when("os_name == 'nt'", 'b')])],
    ['b', node([to('a'), to('b')])]
  ])

  const reached = reachFrom([{ ...to('b'), scope: 'runtime' }], nodes)

  expect([...reached.keys()].sort()).toEqual(['a', 'b'])
  expect(reached.get('a')?.marker).toBeUndefined()
})

it('gives conditions up for "always" before they grow without end', () => {
  const size = 400
  const nodes = new Map<string, GraphNode>()
  for (let at = 0; at < size; at++) {
    const edges = [1, 2, 3, 5, 7].map((step) =>
      when(`m${at * step} == 'x'`, `${(at + step) % size}`)
    )
    nodes.set(`${at}`, node(edges))
  }
  let reached: ReturnType<typeof reachFrom> = new Map()

  const ms = cpuMs(() => {
    reached = reachFrom([{ ...when("root == 'x'", '0'), scope: 'runtime' }], nodes)
  })

  expect(reached.size).toBe(size)
  expect(Math.max(...[...reached.values()].map(({ marker = '' }) => marker.length))).toBeLessThan(
    1000
  )
  expect(ms).toBeLessThan(2000)
})

function node(
  edges: readonly GraphEdge[],
  extras: Record<string, readonly GraphEdge[]> = {}
): GraphNode {
  return { edges, extras: new Map(Object.entries(extras)) }
}

function to(key: string, ...extras: string[]): GraphEdge {
  return { to: key, extras }
}

function when(marker: string, key: string): GraphEdge {
  return { to: key, extras: [], marker }
}
