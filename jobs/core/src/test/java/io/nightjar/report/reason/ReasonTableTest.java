package io.nightjar.report.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.score.PatchBox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReasonTableTest {
  static final PatchReason FOUND =
      new PatchReason(
          "bottle",
          "a/<1>.png",
          1,
          2.5f,
          3,
          4,
          new PatchBox(40, 30, 10, 11),
          2.25,
          new NormalPatch(
              "train/good/7.png",
              5,
              6,
              Optional.of(new PatchBox(60, 50, 10, 12)),
              Optional.of(new ShownPatch(new byte[] {1, 2})),
              ""),
          List.of(0.25, 0.5),
          0.25,
          List.of(new PatchReason.Component(9, 0.5), new PatchReason.Component(2, 0.125)),
          OptionalDouble.of(0.75),
          Optional.of(new ShownPatch(new byte[] {3})));

  static final PatchReason GONE =
      new PatchReason(
          "bottle",
          "a/<1>.png",
          2,
          0,
          0,
          0,
          new PatchBox(0, 0, 10, 11),
          0,
          new NormalPatch(
              "old/8.png", 1, 2, Optional.empty(), Optional.empty(), "old/8.png is gone."),
          List.of(),
          0,
          List.of(),
          OptionalDouble.empty(),
          Optional.empty());

  static final RunReasons REASONS =
      new RunReasons(
          List.of("layer1", "layer2"),
          Map.of(
              "bottle",
              new CategoryReasons(
                  List.of(FOUND, GONE), List.of("a/<1>.png"), List.of("b.png changed."))));

  @Test
  void aRowHasThePatchAndTheNormalOne() {
    assertThat(ReasonTable.csv(REASONS))
        .isEqualTo(
            "category,path,patch,score,row,column,left,top,width,height,distance,normal_path,"
                + "normal_row,normal_column,normal_left,normal_top,normal_width,normal_height,"
                + "normal_remark,layer1_fraction,layer2_fraction,position_fraction,component_1,"
                + "component_1_fraction,component_2,component_2_fraction,component_3,"
                + "component_3_fraction,outside_fraction\r\n"
                + "bottle,a/<1>.png,1,2.5,3,4,40,30,10,11,2.25,train/good/7.png,5,6,60,50,10,12,,"
                + "0.25,0.5,0.25,9,0.5,2,0.125,,,0.75\r\n"
                + "bottle,a/<1>.png,2,0.0,0,0,0,0,10,11,0.0,old/8.png,1,2,,,,,old/8.png is gone.,"
                + ",,,,,,,,,\r\n");
  }

  @Test
  void thePageShowsBothPatchesAndEscapesNames() {
    String page = ReasonHtml.render("file:/line-3", REASONS);

    assertThat(page)
        .contains("data:image/jpeg;base64,Aw==", "data:image/jpeg;base64,AQI=")
        .contains("a/&lt;1&gt;.png", "old/8.png is gone.", "b.png changed.", "file:/line-3")
        .contains("layer1 25.0 %, layer2 50.0 %, position 25.0 %")
        .contains("9 with 50.0 %, 2 with 12.5 %", "75.0 % of the patch")
        .contains("pixels 60 to 69 across, 50 to 61 down")
        .contains("The patch equals the normal one.", "1 image of 1, ")
        .doesNotContain("<1>");
  }
}
