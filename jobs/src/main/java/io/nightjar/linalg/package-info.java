/**
 * Dense linear algebra: float32 matrix products, a matrix that stays in memory, and the symmetric
 * eigenproblem, on OpenBLAS or, where its natives are missing, in plain Java ({@link
 * io.nightjar.linalg.LinearAlgebra}). Every call runs on the one thread that makes it.
 */
package io.nightjar.linalg;
