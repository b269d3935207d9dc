/** A JSON or TOML object as it was parsed: nothing about its fields is known yet. */
export type PlainTable = Readonly<Record<string, unknown>>

/** Whether parsed data is an object with fields: no array, no date, not null. */
export function isTable(value: unknown): value is PlainTable {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  )
}

/**
 * A field of parsed data. What an object merely inherits (`constructor`, `toString`) is no field,
 * whatever name a hostile file asks for.
 */
export function fieldOf(table: unknown, name: string): unknown {
  return isTable(table) && Object.hasOwn(table, name) ? table[name] : undefined
}

/** A field that must be a string to count. */
export function stringField(table: unknown, name: string): string | undefined {
  const value = fieldOf(table, name)
  return typeof value === 'string' ? value : undefined
}

/** A field that must be an object to count; an empty one when it is not. */
export function tableField(table: unknown, name: string): PlainTable {
  const value = fieldOf(table, name)
  return isTable(value) ? value : {}
}

/** A field that must be an array to count; an empty one when it is not. */
export function arrayField(table: unknown, name: string): readonly unknown[] {
  const value = fieldOf(table, name)
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** The strings of a field that is an array; anything else in it is passed over. */
export function stringsField(table: unknown, name: string): readonly string[] {
  return arrayField(table, name).filter((value) => typeof value === 'string')
}
