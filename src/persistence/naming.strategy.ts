/** How property names become column names: camelCase to snake_case, nothing else. */
import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';

/** Turns `checkInPeriod` into `check_in_period`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The naming strategy of both data sources. */
export class SnakeCaseNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override columnName(propertyName: string, customName: string | undefined): string {
    return customName ?? snakeCase(propertyName);
  }
}
