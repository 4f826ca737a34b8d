namespace Orders;

public class Answer
{
    public async Task<string> AskAsync(Func<Task<string>> ask)
    {
        var answer = "";
        var asking = Task.Run(async () => { answer = await ask(); });
        // AP0021
        Console.WriteLine(answer);
        await asking;
        return answer;
    }
}
