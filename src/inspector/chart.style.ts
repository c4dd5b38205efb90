/** How a chart looks, in both colour schemes; what matters is never said by colour alone. */

/** The colours, as custom properties. */
export const chartColors = {
  light: {
    paper: '#ffffff',
    box: '#f8fafc',
    line: '#64748b',
    text: '#0f172a',
    soft: '#475569',
    lit: '#d1fae5',
    strong: '#0b6e4f',
    taken: '#1d4ed8',
    missed: '#b45309',
  },
  dark: {
    paper: '#1a1b1e',
    box: '#25282c',
    line: '#8b98a9',
    text: '#f1f5f9',
    soft: '#aab6c6',
    lit: '#134e3a',
    strong: '#6ee7b7',
    taken: '#93c5fd',
    missed: '#fbbf24',
  },
} as const satisfies Record<string, Record<string, string>>;

/** The declarations of a scheme's custom properties. */
export function colorsOf(scheme: keyof typeof chartColors): string {
  return Object.entries(chartColors[scheme])
    .map(([name, value]) => `--chart-${name}:${value}`)
    .join(';');
}

/** The rules for the classes of `chart.svg.ts`. What is lit has a thick border, what tests never took has dashes, too. */
export const chartRules = `
.chart-paper{fill:var(--chart-paper)}
.chart-box{fill:var(--chart-box);stroke:var(--chart-line);stroke-width:1.25}
.chart-outline,.chart-rule{fill:none;stroke:var(--chart-line);stroke-width:1}
.chart-region>.chart-box{stroke-dasharray:6 4}
.chart-way{fill:none;stroke:var(--chart-line);stroke-width:1.25}
.chart-head,.chart-dot{fill:var(--chart-line)}
.chart-label{fill:var(--chart-paper)}
.chart text{fill:var(--chart-text)}
.chart .chart-guard,.chart .chart-repeat{fill:var(--chart-soft)}
.chart .chart-tag{fill:var(--chart-strong)}
.chart-count rect{fill:var(--chart-strong)}
.chart .chart-count text{fill:var(--chart-paper);font-weight:700}
.chart [data-taken=yes]>.chart-way{stroke:var(--chart-taken);stroke-width:2}
.chart [data-taken=yes]>.chart-head,.chart text[data-taken=yes]{fill:var(--chart-taken)}
.chart [data-taken=no]>.chart-way{stroke:var(--chart-missed);stroke-width:2;stroke-dasharray:6 5}
.chart [data-taken=no]>.chart-head,.chart text[data-taken=no]{fill:var(--chart-missed)}
.chart [data-taken=no]>.chart-label{stroke:var(--chart-missed);stroke-dasharray:3 3}
.chart .chart-state>text[data-taken=no]{text-decoration:underline dashed}
.chart [data-lit]>.chart-box{fill:var(--chart-lit);stroke:var(--chart-strong);stroke-width:3}
.chart [data-lit]>.chart-way{stroke:var(--chart-strong);stroke-width:3}
.chart [data-lit]>.chart-head{fill:var(--chart-strong)}
.chart [data-lit]>.chart-label{stroke:var(--chart-strong);stroke-width:1.5}
`.trim();

/** For a picture that stands alone: it follows whoever looks. */
export const chartStyle = [
  `.chart{${colorsOf('light')}}`,
  `@media (prefers-color-scheme:dark){.chart{${colorsOf('dark')}}}`,
  chartRules,
].join('\n');
