import eslint from 'typescript-eslint';

/** What the browser's code must not do: the security policy or a screen reader would pay for it. */
const restrictedInPanel = [
  ['JSXAttribute[name.name="dangerouslySetInnerHTML"]', 'Text is text: nothing of the server becomes HTML.'],
  [
    'JSXOpeningElement[name.name="div"] > JSXAttribute[name.name="onClick"]',
    'What can be clicked is a button or a link.',
  ],
  [
    'JSXOpeningElement[name.name="span"] > JSXAttribute[name.name="onClick"]',
    'What can be clicked is a button or a link.',
  ],
  ['JSXAttribute[name.name="autoFocus"]', 'The dialog or the page decides where the focus goes.'],
  [
    'JSXAttribute[name.name="tabIndex"][value.expression.value>0]',
    'The order of the page is the order of the keyboard.',
  ],
];

export default eslint.config(
  { ignores: ['dist/', 'data/', 'coverage/'] },
  ...eslint.configs.recommended,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always'],
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/panel/**/*.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': ['error', ...restrictedInPanel.map(([selector, message]) => ({ selector, message }))],
      'no-restricted-globals': ['error', 'alert', 'confirm', 'prompt', 'event', 'name'],
      'no-console': 'error',
    },
  },
);
