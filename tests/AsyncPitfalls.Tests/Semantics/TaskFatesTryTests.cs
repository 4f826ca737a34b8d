namespace AsyncPitfalls.Tests.Semantics;

/// <summary>Tasks around <c>try</c>, <c>catch</c>, filters, <c>finally</c>, <c>using</c> and <c>lock</c>.</summary>
public sealed class TaskFatesTryTests : TaskFatesTest
{
    [Theory]
    [InlineData("var t = [|F()|]; try { await t; } catch { n++; } finally { n--; }", "Awaited")]
    [InlineData("var t = [|F()|]; try { n++; } finally { await t; }", "Awaited")]
    [InlineData("var t = [|F()|]; try { await G(); } catch (Exception e) when (Is(e)) { n++; } await t;", "Awaited")]
    [InlineData("var t = [|F()|]; try { await G(); } catch (Exception e) when (Is(e)) { return; } await t;", "LostToException")]
    [InlineData("var t = [|F()|]; try { await G(); await t; } catch (Exception) { n++; }", "LostToException")]
    [InlineData("var t = [|F()|]; try { await G(); await t; } catch (Exception) { await t; }", "Awaited")]
    [InlineData("var t = [|F()|]; try { await G(); await t; } catch (Exception) { n++; throw; }", "LostToException")]
    [InlineData("Task? t = null; try { t = [|F()|]; await G(); } finally { if (t != null) await t; }", "Awaited")]
    [InlineData("Task? t = null; try { t = [|F()|]; await G(); } catch { n++; } await t!;", "Awaited")]
    [InlineData("Task? t = null; try { t = [|F()|]; throw new Exception(); } catch { n++; } await t!;", "Awaited")]
    [InlineData("try { var t = [|F()|]; return; } finally { n++; }", "Unread")]
    [InlineData("try { n++; } finally { var t = [|F()|]; await t; }", "Awaited")]
    [InlineData("try { n++; } finally { var t = [|F()|]; if (b) await t; }", "LostOnPath")]
    [InlineData("try { n++; } catch { var t = [|F()|]; await t; }", "Awaited")]
    [InlineData("try { n++; } catch { [|F()|]; throw; }", "Dropped")]
    [InlineData("var t = [|F()|]; try { try { await G(); } finally { n++; } } finally { await t; }", "Awaited")]
    [InlineData("var t = [|F()|]; try { if (b) return; await t; } catch { n++; }", "LostOnPath")]
    [InlineData("var t = [|F()|]; try { if (b) throw new Exception(); } finally { n++; } await t;", "LostOnPath")]
    [InlineData("using var r = new Resource(); var t = [|r.Work()|]; await t;", "Awaited")]
    [InlineData("using var r = new Resource(); var t = [|r.Work()|]; if (b) return; await t;", "LostOnPath")]
    [InlineData("using (var r = new Resource()) { var t = [|r.Work()|]; }", "Unread")]
    [InlineData("await using var r = new Resource(); var t = [|r.Work()|]; await t;", "Awaited")]
    [InlineData("await using (var r = new Resource()) { var t = [|r.Work()|]; await t; }", "Awaited")]
    [InlineData("using var t = [|F()|];", "Unread")]
    [InlineData("using var t = [|F()|]; await t;", "Awaited")]
    [InlineData("using (var t = [|F()|]) { }", "Unread")]
    [InlineData("using (var t = [|F()|]) { await t; }", "Awaited")]
    [InlineData("lock (xs) { [|F()|]; }", "Dropped")]
    [InlineData("var t = [|F()|]; checked { n++; } unchecked { n++; } await t;", "Awaited")]
    public Task Each_fate_is_known(string body, string expected) => Check(body, expected);
}
