/** Looking for a text within a column, in either case. It makes a condition and asks nobody. */

/** That the column contains the text; `value` is for the condition's one placeholder. */
export function containing(column: string, text: string): { sql: string; value: string } {
  return {
    sql: `lower(${column}) LIKE lower(?) ESCAPE '\\'`,
    value: `%${text.replace(/[\\%_]/g, (special) => `\\${special}`)}%`,
  };
}
