/** How a chart looks: in both colour schemes, and never by colour alone. */

/** Rules for the classes of `chart.svg.ts`; the panel has them too. */
export const chartStyle = `
.chart{--chart-paper:#ffffff;--chart-box:#f8fafc;--chart-line:#64748b;--chart-text:#0f172a;--chart-soft:#475569;--chart-live:#0b6e4f;--chart-lit:#d1fae5}
@media (prefers-color-scheme:dark){.chart{--chart-paper:#141517;--chart-box:#1f2226;--chart-line:#8b98a9;--chart-text:#f1f5f9;--chart-soft:#aab6c6;--chart-live:#6ee7b7;--chart-lit:#134e3a}}
.chart-paper{fill:var(--chart-paper)}
.chart-box{fill:var(--chart-box);stroke:var(--chart-line);stroke-width:1.25}
.chart-outline,.chart-rule{fill:none;stroke:var(--chart-line);stroke-width:1}
.chart-region>.chart-box{stroke-dasharray:6 4}
.chart-way{fill:none;stroke:var(--chart-line);stroke-width:1.25}
.chart-head,.chart-dot{fill:var(--chart-line)}
.chart-label{fill:var(--chart-paper)}
.chart text{fill:var(--chart-text)}
.chart .chart-guard,.chart .chart-repeat{fill:var(--chart-soft)}
`.trim();
