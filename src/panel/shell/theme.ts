/** How the panel looks: one accent, quiet surfaces, and colours that are readable on them in both schemes (contrast 4.5 or more). */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const accent: MantineColorsTuple = [
  '#e9f5f5',
  '#d3e8ea',
  '#a9d2d6',
  '#7ec8cf',
  '#58a5ad',
  '#3c8d96',
  '#287b85',
  '#1c6b75',
  '#155a63',
  '#0d474f',
];

const dark: MantineColorsTuple = [
  '#e4e8ea',
  '#c3cbd0',
  '#a7b1b8',
  '#8a949b',
  '#3d454b',
  '#2e3539',
  '#23292c',
  '#1b1f22',
  '#141719',
  '#0d0f10',
];

/** For what cannot be taken back. */
const danger: MantineColorsTuple = [
  '#fdebea',
  '#f9d2cf',
  '#f2a9a3',
  '#ea7d75',
  '#dd564c',
  '#cc3a30',
  '#bb2e25',
  '#a8231b',
  '#8c1a13',
  '#6d120d',
];

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: { accent, danger, dark },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.6rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  respectReducedMotion: true,
  components: {
    // Its place is in the header, a landmark; and a menu holds nothing but its items.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close the message' } } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.45 }, returnFocus: true } },
    Tooltip: { defaultProps: { withArrow: true } },
  },
});

/** Colours by what they mean. Each pair of text and surface (`--good`, `--good-surface`) is readable. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--ground': '#f5f6f7',
    '--surface': '#ffffff',
    '--line': '#dce1e4',
    '--accent-text': '#14606a',
    '--good': '#1c6640',
    '--good-surface': '#e2f2e9',
    '--warn': '#7f4700',
    '--warn-surface': '#fcefda',
    '--bad': '#a8231b',
    '--bad-surface': '#fdebea',
    '--plain': '#49525a',
    '--plain-surface': '#eaedef',
    '--mantine-color-text': '#1c2226',
    '--mantine-color-dimmed': '#545e67',
    '--mantine-color-placeholder': '#66707a',
    '--mantine-color-error': '#a8231b',
    '--mantine-color-anchor': '#14606a',
    '--mantine-color-default-border': '#c5ccd1',
  },
  dark: {
    '--ground': '#141719',
    '--surface': '#1b1f22',
    '--line': '#343c41',
    '--accent-text': '#86cdd4',
    '--good': '#83d3a7',
    '--good-surface': '#1a3226',
    '--warn': '#f1bb70',
    '--warn-surface': '#392b14',
    '--bad': '#ffa39b',
    '--bad-surface': '#40211f',
    '--plain': '#c3cbd0',
    '--plain-surface': '#2a3135',
    '--mantine-color-text': '#e4e8ea',
    '--mantine-color-dimmed': '#a7b1b8',
    '--mantine-color-placeholder': '#949ea5',
    '--mantine-color-error': '#ffa39b',
    '--mantine-color-anchor': '#86cdd4',
    '--mantine-color-default-border': '#465056',
  },
});
