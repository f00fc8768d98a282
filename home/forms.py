from django import forms


class SpecimenForm(forms.Form):
    """One field of each kind, for the style guide."""

    name = forms.CharField(label="Nom imprimé", help_text="Comme sur le document officiel. Un seul nom suffit.")
    email = forms.EmailField(label="Adresse e-mail", required=False)
    place = forms.ChoiceField(label="Lieu", choices=[("lille", "Lille"), ("oostende", "Oostende")])
    reading = forms.ChoiceField(
        label="Langue de lecture", choices=[("fr", "Français"), ("nl", "Nederlands")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Jours", choices=[("1", "Lundi"), ("2", "Mardi")], widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Motif", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="J’ai lu la note d’information.")
