/**
 * Dense linear algebra: float32 matrix products, matrices that stay in native memory, the symmetric
 * eigenproblem and interpolation matrices, by OpenBLAS or, where its native libraries are missing,
 * in plain Java ({@link io.nightjar.linalg.LinearAlgebra}). Every call runs on the calling thread
 * alone. Used by {@code backbone}, {@code pca} and {@code bank}; no other package touches OpenBLAS.
 */
package io.nightjar.linalg;
