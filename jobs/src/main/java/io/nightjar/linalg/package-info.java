/**
 * Dense linear algebra on OpenBLAS: float32 matrix products, a matrix resident in native memory,
 * and the symmetric eigenproblem. Every call runs on the one thread that makes it.
 */
package io.nightjar.linalg;
