package io.nightjar.linalg;

class JavaBlasTest extends BlasTest {
  @Override
  Kernels kernels() {
    return new JavaKernels();
  }
}
