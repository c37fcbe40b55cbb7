/**
 * The Spark ML stages {@link io.nightjar.bank.PatchKnn} and its model, and the searches that the
 * tasks of a process share.
 */
package io.nightjar.bank;
