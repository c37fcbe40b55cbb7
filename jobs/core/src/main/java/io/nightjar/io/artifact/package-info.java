/**
 * A store of artefacts that runs made, each found by the hash of everything that it depends on, and
 * verified when it is read; which run used what, and what may be deleted.
 */
package io.nightjar.io.artifact;
