package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import io.sluice.testing.Reply;
import java.util.List;

/** What becomes of programmes, participants, groups and assets, and so of what is asked of them. */
record ScripChanges(ScripScene scene) {
  /** Most often back to where all is possible. */
  void program() {
    boolean isOpen = scene.programStatus.equals(ScripScene.ACTIVE);
    scene.programStatus =
        isOpen ? scene.any(List.of("SUSPENDED", ScripScene.ARCHIVED)) : ScripScene.ACTIVE;
    scene.patch(
        "/v1/programs/" + scene.program, "\"status\":\"%s\"".formatted(scene.programStatus));
  }

  void participant() {
    Holder holder = scene.participant();
    boolean isOpen = holder.status.equals(ScripScene.ACTIVE);
    holder.status =
        isOpen && scene.chance(3) ? scene.any(List.of("SUSPENDED", "CLOSED")) : ScripScene.ACTIVE;
    scene.patch(holder.path() + "/status", "\"status\":\"%s\"".formatted(holder.status));
  }

  /** That is for ever; the next time, another group takes its place. */
  void group() {
    if (scene.group.status.equals(ScripScene.ARCHIVED)) {
      scene.replaceGroup();
      return;
    }
    Reply reply = scene.client.send("DELETE", scene.group.path(), "");
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    scene.group.status = ScripScene.ARCHIVED;
  }

  /** So is that: one at a time. */
  void asset() {
    for (int place = 0; place < scene.assets.size(); place++) {
      Asset asset = scene.assets.get(place);
      if (asset.isArchived()) {
        scene.assets.set(place, scene.newAsset(asset.inLots, asset.prefunded));
        return;
      }
    }
    Asset asset = scene.asset();
    scene.patch("/v1/assets/" + asset.id, "\"status\":\"ARCHIVED\"");
    asset.status = ScripScene.ARCHIVED;
  }
}
