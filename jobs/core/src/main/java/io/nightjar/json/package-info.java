/** JSON documents as records, with a sentence for whatever is wrong in one. */
package io.nightjar.json;
