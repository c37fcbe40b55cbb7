#!/usr/bin/env bash
# DJL's ONNX Runtime engine cannot be loaded in a process that has used ONNX Runtime's own Java API before.
#
# Versions    DJL 0.35.1 (ai.djl.onnxruntime:onnxruntime-engine), ONNX Runtime 1.24.2
#             (com.microsoft.onnxruntime:onnxruntime), Java 17.
# Guess       ONNX Runtime has one environment in a process, and OrtEnvironment.getEnvironment() gives it to whoever
#             asks; so an engine on top of it works whether it is loaded first or last.
# Behaviour   DJL's engine asks for an environment with thread pools of its own, which is refused where there is one
#             already. The engine's class has failed to initialise then: the first use throws
#             ExceptionInInitializerError, and each later one NoClassDefFoundError, whose message does not tell why,
#             until the process ends. The other order works, and both then hold the same environment. So a health
#             check, a version in a log or another library in the same executor that touches OrtEnvironment first
#             takes DJL's engine away from everything that runs there later.
# Output seen DJL first: engine OnnxRuntime, then ONNX Runtime 1.24.2
#             ONNX Runtime first: 1.24.2, then ExceptionInInitializerError: Tried to specify the thread pool when creating an OrtEnvironment, but one already exists.
#             again: NoClassDefFoundError
#
# Needs JDK 17 and Maven. Exits with 0 while this holds, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat >pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>engine-order</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>ai.djl.onnxruntime</groupId>
      <artifactId>onnxruntime-engine</artifactId>
      <version>0.35.1</version>
    </dependency>
    <dependency>
      <groupId>com.microsoft.onnxruntime</groupId>
      <artifactId>onnxruntime</artifactId>
      <version>1.24.2</version>
    </dependency>
  </dependencies>
</project>
POM

cat >Order.java <<'JAVA'
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;

public class Order {
  public static void main(String[] args) {
    if (args[0].equals("djl")) {
      System.out.print("DJL first: engine " + Engine.getEngine("OnnxRuntime").getEngineName());
      System.out.println(", then ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion());
      return;
    }
    System.out.print("ONNX Runtime first: " + OrtEnvironment.getEnvironment().getVersion());
    System.out.println(", then " + engine());
    System.out.println("again: " + engine().replaceFirst(":.*", ""));
  }

  private static String engine() {
    try {
      return "engine " + Engine.getEngine("OnnxRuntime").getEngineName();
    } catch (LinkageError e) {
      String cause = e.getCause() == null ? "" : e.getCause().getMessage();
      return e.getClass().getSimpleName() + ": " + cause;
    }
  }
}
JAVA

mvn -q -B -Dmaven.repo.local="$work/repository" \
  org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
  -Dmdep.outputFile=classpath </dev/null
for first in djl onnxruntime; do
  java -Duser.home="$work" -Djava.io.tmpdir="$work" -Dai.djl.offline=true -DOPT_OUT_TRACKING=true \
    -Dai.djl.onnx.disable_alternative=true -cp "$(cat classpath)" Order.java "$first" 2>/dev/null
done | tee seen

cat >expected <<'EXPECTED'
DJL first: engine OnnxRuntime, then ONNX Runtime 1.24.2
ONNX Runtime first: 1.24.2, then ExceptionInInitializerError: Tried to specify the thread pool when creating an OrtEnvironment, but one already exists.
again: NoClassDefFoundError
EXPECTED
if cmp -s seen expected; then
  echo "As stated."
else
  echo "This has CHANGED."
  exit 1
fi
