/** Version of the engine; a test holds it equal to that of package.json. Packs and plugins state the range they need. */
export const VERSION = '0.1.0';
