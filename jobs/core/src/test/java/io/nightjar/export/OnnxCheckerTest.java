package io.nightjar.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the checker of ONNX lets the exported graphs pass, it would not let pass with a fault. */
class OnnxCheckerTest {
  @Test
  void refusesUnknownOperatorsAndValuesMissingInputsAndSecondAssignments() throws Exception {
    try (TinyMethod method = new TinyMethod(List.of(64), 0)) {
      byte[] exported = method.exported(ExportOptions.DEFAULT, Optional.empty());
      ModelProto model = ModelProto.parseFrom(exported);
      int last = model.getGraph().getNodeCount() - 1;

      assertRefused(model, last, node(model, last).setOpType("Distances"), "Distances");
      assertRefused(model, last, node(model, last).setInput(0, "nowhere"), "nowhere");
      String taken = node(model, 0).getOutput(0);
      assertRefused(model, last, node(model, last).setOutput(0, taken), "SSA");
      NodeProto.Builder bare = node(model, last).clearInput();
      assertRefused(model, last, bare, "input size 0");
    }
  }

  private static NodeProto.Builder node(ModelProto model, int index) {
    return model.getGraph().getNode(index).toBuilder();
  }

  private static void assertRefused(
      ModelProto model, int index, NodeProto.Builder fault, String said) {
    byte[] faulty =
        model.toBuilder()
            .setGraph(model.getGraph().toBuilder().setNode(index, fault))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> OnnxChecker.require(faulty)).hasMessageContaining(said);
  }
}
