import eslint from 'typescript-eslint';

export default eslint.config({ ignores: ['dist/', 'data/', 'coverage/'] }, ...eslint.configs.recommended, {
  rules: {
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    eqeqeq: ['error', 'always'],
    'prefer-const': 'error',
  },
});
