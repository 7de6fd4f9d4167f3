import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'examples/**/dist', 'core/scaffold/templates'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'natural', message: "import a sub-path: 'natural' prints, reads .env and loads database drivers" },
          ],
        },
      ],
      'no-console': 'error',
    },
  },
  { files: ['bin/**', 'bench/**', 'test/eval/**'], rules: { 'no-console': 'off' } },
);
