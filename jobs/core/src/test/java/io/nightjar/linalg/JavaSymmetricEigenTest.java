package io.nightjar.linalg;

class JavaSymmetricEigenTest extends SymmetricEigenTest {
  @Override
  Kernels kernels() {
    return new JavaKernels();
  }
}
