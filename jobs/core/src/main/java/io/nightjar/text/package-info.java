/** Text for people and for files, the same in every locale. */
package io.nightjar.text;
