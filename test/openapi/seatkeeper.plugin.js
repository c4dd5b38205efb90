/** What the linter of the description is to look at besides its own rules: examples wherever something is said, and refusals. */

/** Each body of a request or an answer shows an example: its own, or that of its schema. */
function bodyExample() {
  return {
    MediaType(media, { report, location, resolve }) {
      if (hasExample(media) || hasExample(schemaOf(media, resolve))) return;
      report({ message: 'The body has no example, and neither has its schema.', location });
    },
  };
}

/** Each parameter shows an example: its own, or that of its schema. */
function parameterExample() {
  return {
    Parameter(parameter, { report, location, resolve }) {
      if (hasExample(parameter) || hasExample(schemaOf(parameter, resolve))) return;
      report({ message: `The parameter ${parameter.name} has no example.`, location });
    },
  };
}

/** Each operation says that it may refuse; those of the API name a refusal at least. */
function refusals() {
  let path = '';
  return {
    PathItem: {
      enter(_item, { key }) {
        path = String(key);
      },
    },
    Operation(operation, { report, location }) {
      const missing = (what) => report({ message: `The operation has no ${what}.`, location });
      const statuses = Object.keys(operation.responses ?? {});
      if (!statuses.includes('default')) missing('answer for all other refusals');
      if (path.startsWith('/v1/') && !statuses.some((status) => /^4\d\d$/.test(status))) missing('refusal');
    },
  };
}

function schemaOf({ schema }, resolve) {
  return schema?.$ref === undefined ? schema : resolve(schema).node;
}

function hasExample(described) {
  if (described === undefined) return false;
  return 'example' in described || Object.keys(described.examples ?? {}).length > 0;
}

export default function seatkeeper() {
  return {
    id: 'seatkeeper',
    rules: {
      oas3: {
        'body-example': bodyExample,
        'parameter-example': parameterExample,
        refusals,
      },
    },
  };
}
