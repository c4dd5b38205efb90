/**
 * Gives the panel the style of charts, which the server has for its pictures: the same rules, with the colours of the panel's own
 * scheme. Written beside what else the build makes, when the panel is built.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const name = 'virtual:chart.css';

interface ChartStyle {
  colorsOf(scheme: 'light' | 'dark'): string;
  chartRules: string;
}

/** @param style the path of the built `chart.style.js` @param file where to write the rules */
export function chartStyle(style: string, file: string): Plugin {
  return {
    name: 'chart-style',
    async buildStart() {
      const { colorsOf, chartRules } = (await import(pathToFileURL(style).href)) as ChartStyle;
      const dark = `:where([data-mantine-color-scheme='dark']) .chart{${colorsOf('dark')}}`;
      writeFileSync(file, [`.chart{${colorsOf('light')}}`, dark, chartRules, ''].join('\n'));
    },
    resolveId: (id) => (id === name ? file : null),
  };
}
