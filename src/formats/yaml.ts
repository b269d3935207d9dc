import type { YamlFault, YamlNode } from './yaml-tree.ts'

/** As `readYaml`, for what every run loads: the parser is most of all code, and comes when there is something to read. */
export async function parseYaml(text: string): Promise<YamlNode | readonly YamlFault[]> {
  const { readYaml } = await import('./yaml-tree.ts')
  return readYaml(text)
}
