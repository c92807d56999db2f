using Onsale.Server.Web;

namespace Onsale.Server.Tests.Web;

public sealed class PageTemplateTests
{
    [Theory]
    [InlineData("Night", "Music", "<h1>Night</h1><p>Music</p>{{other}}")]
    [InlineData("{{summary}}", "Music", "<h1>{{summary}}</h1><p>Music</p>{{other}}")]
    [InlineData("{{", "{{title}}", "<h1>{{</h1><p>{{title}}</p>{{other}}")]
    [InlineData("a<b", "", "<h1>a&lt;b</h1><p></p>{{other}}")]
    public void Gaps_are_filled_once_whatever_the_texts_look_like(string title, string summary, string expected) =>
        PageTemplate.Fill("<h1>{{title}}</h1><p>{{summary}}</p>{{other}}", title, summary).ShouldBe(expected);
}
