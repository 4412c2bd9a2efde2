/** All families, with what the page alone knows of them: see `src/families/whole.ts`. */
import '../../src/families/whole.ts';
